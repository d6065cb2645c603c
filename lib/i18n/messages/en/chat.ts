export const chat = {
  chat: {},
};
