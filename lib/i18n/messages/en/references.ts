// Reference pictures: how they are taken in, and why some are not.
export const references = {
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
};
