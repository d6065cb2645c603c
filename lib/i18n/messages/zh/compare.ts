import type { Messages } from '../en';

export const compare: Pick<Messages, 'compare'> = {
  compare: {},
};
