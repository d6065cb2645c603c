import type { Messages } from '../en';

export const edit: Pick<Messages, 'edit'> = {
  edit: {},
};
