// Snippets: pieces of prompts that are kept to be used again.
export const snippetsEnglish = {
  snippets: {
    title: 'Snippets',
    keys: 'Snippets, while you write',
    hint: 'Type / at the start of a word in a prompt to put one in.',
    found: '{count, plural, =0 {Nothing found.} one {# found.} other {# found.}}',
    save: 'Save this text as a snippet',
    manage: 'Edit snippets…',
    none: 'There are no snippets yet.',
    add: 'New snippet',
    text: 'Text of the snippet',
    star: 'Star',
    edit: 'Edit',
    remove: 'Remove',
    removed: 'Snippet removed.',
    undo: 'Undo',
    cancel: 'Cancel',
    saveText: 'Save',
    refused: 'This browser could not store that.',
  },
};
