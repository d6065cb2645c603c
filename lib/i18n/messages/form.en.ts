import { type ProblemReason, problemWords } from '../../core/validation';

// The form: its fields, a model’s options, earlier prompts, examples.
export const formEnglish = {
  form: {
    title: 'New picture',
    model: 'Model',
    canGenerate: '{count, plural, one {# model} other {# models}}',
    noModels: 'No model can generate pictures. Ask your administrator to check MODELS_FILE.',
    prompt: 'Prompt',
    promptPlaceholder: 'Describe the picture: subject, setting, light, style…',
    characters: '{count, number} / {max, number}',
    charactersFree: '{count, number}',
    charactersSpoken: '{count, number} characters',
    size: 'Size',
    width: 'Width in pixels',
    height: 'Height in pixels',
    resolution: 'Resolution',
    auto: 'auto',
    autoVerdict: 'the model decides',
    megapixels: '{value, number, ::.00} MP',
    sizeIncomplete: 'Enter a width and a height in pixels.',
    sizeHint: '{model} may refuse sizes below {min, number} pixels; this one has {actual, number}.',
    useSize: 'Use {size}',
    ownLevels: '{ratio} comes in {levels} only.',
    pictures: 'Pictures',
    pictureRange: '{min, number} to {max, number}',
    fewer: 'One fewer',
    fewest: 'It is the fewest already',
    more: 'One more',
    most: 'It is the most that this model makes at once',
    moreOptions: 'More: {options}',
    notSentShort: 'default',
    notSent: 'gateway’s choice',
    optional: 'optional',
    generate: 'Generate',
    starting: 'Starting…',
    summaryPictures: '{count, plural, one {# picture} other {# pictures}}',
    summaryTime: 'about {time}',
    summaryUpTo: 'up to {count, plural, one {# picture} other {# pictures}}',
    switched: '{option} was set to {to}, as {because} {value} requires.',
    switchedAway: '{option} was set to {to}: {from} cannot be combined with {because} {value}.',
    modelChanges: '{option}: {to} instead of {from}',
    modelGone: '{model} is not offered any more: choose another one',
    modelDrops: '{option}: {from} is not available with this model',
    replaced: 'Your earlier settings were replaced.',
    bringBack: 'Restore',
  },
  capability: {
    anySize: 'any size up to {level}',
    levels: 'up to {level}',
    sizes: '{count, plural, one {one size} other {# sizes}}',
    pictures: 'up to {count, number} pictures',
    batch: 'batches of up to {count, number}',
    transparent: 'transparent',
    references: '{count, plural, one {one reference} other {# references}}',
    mask: 'mask',
    conversation: 'conversation',
  },
  promptHistory: {
    button: 'history',
    title: 'Earlier prompts',
    keys: 'Earlier prompts (Alt+↑, later ones Alt+↓)',
    search: 'Search earlier prompts',
    loading: 'Loading…',
    empty: 'No earlier prompts yet. Every prompt you run is kept here.',
    nothingFound: 'No earlier prompt matches.',
    position: '{place, number} / {count, number}',
    positionSpoken: 'Earlier prompt {place, number} of {count, number}',
  },
  option: {
    quality: {
      label: 'Quality',
      value: { low: 'low', medium: 'medium', high: 'high' },
    },
    output_format: { label: 'Format', value: { png: 'PNG', jpeg: 'JPEG' } },
    output_compression: { label: 'Compression', hint: '100 keeps the most detail' },
    background: {
      label: 'Background',
      value: { auto: 'auto', opaque: 'opaque', transparent: 'transparent' },
    },
    moderation: {
      label: 'Moderation',
      value: { auto: 'auto', low: 'low' },
      hint: 'How strictly the prompt is reviewed',
    },
    input_fidelity: {
      label: 'Keep the input',
      value: { low: 'low', high: 'high' },
      hint: 'How closely the result follows the input',
    },
    user: { label: 'User ID', hint: 'Identifies the end user in the gateway’s audit log' },
    sequential_image_generation: {
      label: 'Batch mode',
      value: { auto: 'auto', disabled: 'one only' },
      hint: 'With auto, the model decides how many pictures the batch has',
    },
    sequential_image_generation_options: {
      max_images: { label: 'Maximum pictures', hint: 'The most pictures in one batch' },
    },
    imageConfig: {
      imageOutputOptions: {
        mimeType: { label: 'Format', value: { 'image/png': 'PNG', 'image/jpeg': 'JPEG' } },
        compressionQuality: { label: 'JPEG quality', hint: '100 keeps the most detail' },
      },
    },
    modalities: { label: 'Answer with', value: { text: 'text', image: 'picture' } },
  },
  given: {
    drop: 'Drop to edit or ask about',
    title:
      'What do you want to do with {count, plural, one {this picture} other {these # pictures}}?',
    none: 'No picture',
    edit: 'Edit it',
    editHint: 'Paint a mask, or combine it with others, on the Edit page.',
    ask: 'Ask about it',
    askHint: 'Describe changes in a conversation on the Chat page.',
  },
  empty: {
    title: 'What do you want to make?',
    text: 'Write a prompt and press Generate, or start from one of these.',
    examples: {
      bear: {
        name: 'Misty forest',
        prompt:
          'a close-up of a bear walking through a misty forest at dawn, soft rim light, 85 mm, shallow depth of field, fine grain',
      },
      poster: {
        name: 'Travel poster',
        prompt:
          'a 1930s travel poster of a small harbour town, flat teal and coral shapes, morning sun over the sea, bold lettering “AMALFI”',
      },
      product: {
        name: 'Product shot',
        prompt:
          'a matte ceramic teapot on pale stone, studio light from the left, long soft shadow, warm grey background, catalogue photograph',
      },
      icon: {
        name: 'Paper craft',
        prompt:
          'a fox folded from orange and white paper, layered paper craft, gentle shadows, plain cream background, seen from above',
      },
    },
  },
  // The API says these itself; the form says the same.
  problem: problemWords as Record<ProblemReason, string>,
};
