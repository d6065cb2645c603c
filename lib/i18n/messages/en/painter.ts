export const painter = {
  painter: {},
};
