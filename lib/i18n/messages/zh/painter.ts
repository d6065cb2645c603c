import type { Messages } from '../en';

export const painter: Pick<Messages, 'painter'> = {
  painter: {},
};
