export const compare = {
  compare: {},
};
