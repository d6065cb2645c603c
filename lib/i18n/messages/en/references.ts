export const references = {
  references: {},
};
