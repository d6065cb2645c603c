// Reference pictures: how they are taken in, and why some are not.
export const references = {
  references: {
    title: 'References',
    count: '{count, number} / {max, number}',
    add: 'Add pictures',
    alt: 'Reference {number, number}',
  },
};
