import type { Messages } from '../en';

export const references: Pick<Messages, 'references'> = {
  references: {},
};
