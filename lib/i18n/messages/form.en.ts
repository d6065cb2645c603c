import { type ProblemReason, problemWords } from '../../core/validation';

// The form: its fields, a model’s options, earlier prompts, examples.
export const formEnglish = {
  form: {
    title: 'New picture',
    model: 'Model',
    canGenerate: '{count, plural, one {one can generate} other {# can generate}}',
    noModels:
      'No model can generate pictures. Ask whoever runs this server to look at MODELS_FILE.',
    prompt: 'Prompt',
    promptPlaceholder: 'Describe the picture: subject, setting, light, style …',
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
    sizeHint:
      '{model} is said to refuse fewer than {min, number} pixels; this has {actual, number}.',
    useSize: 'Use {size}',
    pictures: 'Pictures',
    fewer: 'One fewer',
    more: 'One more',
    moreOptions: 'More: {options}',
    notSentShort: 'default',
    notSent: 'gateway’s choice',
    optional: 'optional',
    generate: 'Generate',
    summaryPictures: '{count, plural, one {# picture} other {# pictures}}',
    summaryTime: 'about {time}',
    summaryUpTo: 'up to {count, plural, one {# picture} other {# pictures}}',
    switched: '{option} is now {to}: {because} {value} needs it.',
    switchedAway: '{option} is now {to}: {from} does not go with {because} {value}.',
    replaced: 'Your earlier settings are put aside.',
    bringBack: 'Bring them back',
  },
  capability: {
    anySize: 'any size to {level}',
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
    keys: 'Earlier prompts (Alt+↑, back with Alt+↓)',
    search: 'Search earlier prompts',
    loading: 'One moment …',
    empty: 'No earlier prompts yet. Each one that you run is kept here.',
    nothingFound: 'No earlier prompt has these words.',
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
      hint: 'How closely the picture is kept',
    },
    user: { label: 'User id', hint: 'Who this is for, kept by the gateway for audits' },
    sequential_image_generation: {
      label: 'Batch mode',
      value: { auto: 'auto', disabled: 'one only' },
      hint: 'With auto the model itself decides how many pictures belong to the batch',
    },
    sequential_image_generation_options: {
      max_images: { label: 'Pictures at most', hint: 'Upper bound of a batch' },
    },
    imageConfig: {
      imageOutputOptions: {
        mimeType: { label: 'Format', value: { 'image/png': 'PNG', 'image/jpeg': 'JPEG' } },
        compressionQuality: { label: 'JPEG quality', hint: '100 keeps the most detail' },
      },
    },
    modalities: { label: 'Answer with', value: { text: 'text', image: 'picture' } },
  },
  empty: {
    title: 'What shall we make?',
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
