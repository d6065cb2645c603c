import type { Messages } from '../en';

export const chat: Pick<Messages, 'chat'> = {
  chat: {},
};
