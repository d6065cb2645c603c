export const edit = {
  edit: {},
};
