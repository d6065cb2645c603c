// The Edit page, but for the painter: the form, references, and the comparison with the original.
export const editEnglish = {
  edit: {
    title: 'Edit pictures',
    page: 'Edit',
    canEdit: '{count, plural, one {one can edit} other {# can edit}}',
    cannotEdit: 'Cannot edit: {models}. ',
    onPage: {
      generations: 'They make new pictures on the Generate page.',
      chat: 'They change pictures in a conversation on the Chat page.',
    },
    noModels: 'No model can edit pictures. Ask whoever runs this server to look at MODELS_FILE.',
    submit: 'Edit',
    preparing: 'Preparing the pictures …',
    addPicture: 'Add a picture to edit first: drop, paste or choose one.',
    notStarted: 'The edit was not started, and nothing was sent: {why}',
    notReady:
      'the pictures or the mask could not be made ready. Try again; if it stays so, reload the page. Nothing of it is lost.',
    matchInput: 'Match input · {size}',
    matchInputNearest: 'The input is {input}; {size} is the nearest size that this model makes.',
    matchInputShape:
      'It has another shape, so what lies outside a mask can’t be put back into the result.',
    matchInputExact: 'The same size as the picture that is edited.',
    withoutMask: 'Nothing is painted: no mask is sent, the whole picture may change.',
    wholeMask: 'Everything is painted: the whole picture may change, as without a mask.',
    withMask: '{share, number, ::percent .#} of the picture is painted and will change.',
    triedMask:
      '{share, number, ::percent .#} of the picture is painted, the preview not counted. The mask is sent as the picture shows it.',
    noMask: '{model} takes no mask; the one that is painted is kept, not sent.',
    baked:
      'Picture 1 is stored lying on its side. With a mask it is sent upright, as PNG, so that both agree.',
    stage: 'Picture and mask',
    results: 'Results',
    noResults: 'Results appear here. The mask stays as it is, so you can go on painting.',
    start: {
      title: 'Which picture shall we change?',
      text: 'Drop it anywhere on this page, paste it, or choose a file. PNG or JPEG, up to 50 MB.',
      choose: 'Choose pictures',
      recent: 'Or take one of yours',
      use: 'Edit this: {prompt}',
    },
    use: 'Edit',
    useHint: 'Edit this picture on the Edit page',
    useNext: 'Edit this',
    useNextHint: 'Makes it the first reference, with an empty mask',
    useWithMask: 'Same mask',
    useWithMaskHint: 'Makes it the first reference and takes the mask along',
    scaledMask: 'The mask was made for {from}; it was scaled to this picture, {to}.',
    sources: 'Made of',
    maskShare: 'mask {share, number, ::percent .#}',
    promptPlaceholder: 'Say what to change, and what should stay …',
    chain: 'Step {count, number} of a chain',
    chainStep: 'Show the edit before',
    withoutOption: 'Send again without {option}',
  },
  references: {
    title: 'References',
    count: '{count, number} / {max, number}',
    add: 'Add pictures',
    alt: 'Reference {number, number}: {name}',
    unnamed: 'The file',
    hint: 'Drop, paste or pick PNG / JPEG, {max, number} MB each. Drag to reorder; the mask belongs to the first.',
    keys: 'Arrow keys go from picture to picture, Alt with an arrow key moves one, Delete removes it.',
    sheet: {
      title: 'In the list of references',
      move: 'Move a picture one place',
      remove: 'Take it off',
    },
    drop: 'Drop to add as references',
    reading: 'Reading {name} …',
    remove: 'Remove {name}',
    moved: '{name} is now number {number, number} of {count, number}.',
    details: {
      label: 'Reference {number, number}',
      earlier: 'Move one place forward',
      later: 'Move one place back',
      replace: 'Replace',
      remove: 'Remove',
      turned: 'Stored on its side (EXIF) and shown upright. The file is sent as it is.',
    },
    turnedFirst:
      'Picture 1 is stored on its side (EXIF) and shown upright. Without a mask its file is sent as it is; with one, as an upright PNG, so that both agree.',
    removed: 'Removed: {name}',
    replaced: 'Replaced: {name}',
    undo: 'Undo',
    close: 'Close this note',
    mask: {
      stays:
        'The mask stays with its picture, which is number {number, number} now. It is used again when that is first.',
      removed: 'The mask went with its picture. Undo brings both back.',
      replaced: 'The mask stays with the picture before. Undo brings both back.',
      own: 'Picture 1 has a mask of its own, which is used now.',
    },
    sentFirst:
      'The picture that was sent here is number 1 now. The one before is number 2; a mask painted on it stays with it.',
    badge: { mask: 'mask', turned: 'turned' },
    noPicture:
      'There is no picture on the clipboard. Copy a picture itself, not its address, or choose a file.',
    addressOnly:
      'That was the address of a picture, and this page opens no addresses. Save the picture first, then drop its file.',
    shared:
      'This draft is open in another tab, too. Each tab goes on with a copy of its own, pictures and masks alike.',
    lost: 'Picture {number, number} ({name}) is not kept in this browser any more. Choose it again, or remove it.',
    unkept:
      'This browser keeps nothing more (its storage is full or blocked): number {numbers} can be used until this page is left, and must be chosen again after that.',
    tooMany:
      'This model takes at most {max, plural, one {# picture} other {# pictures}}; too many: {numbers}. Nothing was removed: take some off, or choose another model.',
    misfit: {
      format: 'Picture {number, number} is {format}; this model takes PNG and JPEG.',
      bytes:
        'Picture {number, number} has {byteLength, number} bytes; this model takes files of at most {maxBytes, number} bytes.',
    },
    refused: {
      empty: '{name} is empty: it has no bytes. Export or save it anew, then choose it again.',
      unknown: '{name} is no picture that this page knows. Choose a PNG or JPEG.',
      damaged: '{name} is damaged at its start. Open it in a picture editor and save it anew.',
      undecodable:
        '{name} cannot be decoded here: it is damaged, not whole, or too large for this device’s memory. Save or download it anew, then choose it again.',
      heic: '{name} is HEIC, which browsers cannot read. Export it as JPEG: on a Mac in Preview with File, Export; on an iPhone share it with the option “Most Compatible”.',
      unread:
        '{name} could not be read. If it is a folder, choose the pictures in it; else choose it again.',
      changed:
        '{name} was changed, moved or deleted on the disk after it was chosen. Choose it again.',
      format: '{name} is {kind}; PNG and JPEG are taken.',
      formatNoOffer: '{name} is {kind}; PNG and JPEG are taken. Export it as one of them.',
      bytes:
        '{name} has {byteLength, number} bytes; one file may have {maxBytes, number} ({max, number} MB).',
      pixels:
        '{name} says it is {width, number, ::group-off} × {height, number, ::group-off}. More than {megapixels, number} megapixels, or {side, number, ::group-off} on a side, can exhaust this browser. Make it smaller, then choose it again.',
      count:
        '{name} is one too many: {max, plural, one {# picture is} other {# pictures are}} taken. Remove one first.',
    },
    offer: { png: 'Use it as PNG', jpeg: 'Use it as JPEG (quality 92)' },
    offerOnWhite: 'What is transparent becomes white.',
    offerFirstFrame: 'If it moves, its first frame.',
    dismiss: 'Close the note on {name}',
    dismissAll: 'Close all {count, number} notes',
  },
  compare: {
    open: 'Compare',
    openHint: 'Compare this result with the original',
    label: 'Compare with the original',
    mode: 'How to compare',
    slider: 'Slider',
    sideBySide: 'Side by side',
    divide: 'Original on the left, result on the right',
    divideValue: '{share, number, ::percent .} original',
    hold: 'Hold for original',
    holdHint: 'As long as this button or the space bar is held, only the original is shown',
    sheet: {
      title: 'In a comparison',
      line: 'Move the line between the pictures',
      original: 'Only the original, while held',
      results: 'Other results',
    },
    original: 'Original',
    result: 'Result',
    composite: 'Result, outside kept',
    originalAlt: 'The original: {name}',
    previous: 'Previous result (Page Up)',
    next: 'Next result (Page Down)',
    position: 'Result {number, number} of {count, number}',
    showChanges: 'Mark what changed',
    loading: 'Loading the pictures …',
    measuring: 'Measuring what changed outside the mask …',
    identical: 'Outside the mask not one pixel changed.',
    changed: 'The model changed {share, number, ::percent .0} of what lies outside the mask.',
    changedLittle: 'The model changed less than 0.1 % of what lies outside the mask.',
    nothingOutside: 'The mask opens the whole picture: nothing lies outside of it.',
    changedHint:
      'Compared at {size}. Counted are pixels that differ by more than scaling and JPEG explain.',
    keep: 'Keep everything outside the mask',
    keepHint: 'The original’s own pixels outside, the edit inside, at the original’s size',
    feather: 'Feather',
    featherValue: '{count, number} px',
    featherHint:
      'How wide the edit goes over into the original, in pixels of the original. It lies inside the mask, so the outside stays as it is.',
    composing: 'Putting the original back …',
    exact: 'PNG, {size}. Outside the mask each pixel is the original’s, to the last bit.',
    inexact: 'PNG, {size}. Outside the mask it is the original, but not to the last bit: {reasons}',
    inexactness: {
      deep: 'it has more than 8 bits a channel, and 8 are kept.',
      profile: 'its colours are in another space and are converted to sRGB.',
      cmyk: 'it is in printing colours (CMYK), which are converted to sRGB.',
      transparent: 'half-transparent pixels may be rounded by a level or two.',
      unknown: 'its header does not tell how its pixels are stored.',
    },
    useComposite: 'Edit this',
    useCompositeHint: 'Makes the picture with its outside kept the first reference',
    notUsed: 'The picture could not be kept as a reference. Download it and add the file instead.',
    failure: {
      shape:
        'The result ({result}) has another shape than the original ({original}), so what lies outside the mask can be neither compared nor put back.',
      maskSize:
        'The mask has not the size of the original, so it does not say what lies outside of it.',
      undecodable:
        'This browser could not decode these pictures, or has not the memory for their size.',
      gone: 'A picture of this edit is not kept in this browser any more, so nothing can be compared.',
      stopped: 'This could not be worked out. Reload the page to try again.',
    },
    matchInput: 'Match input size',
    matchInputHint: 'Asks for the original’s own size, or the nearest of its shape, the next time',
  },
};
