import type { Messages } from './en';
import { chat } from './zh/chat';
import { compare } from './zh/compare';
import { edit } from './zh/edit';
import { form } from './zh/form';
import { painter } from './zh/painter';
import { problem } from './zh/problem';
import { references } from './zh/references';
import { shell } from './zh/shell';
import { stage } from './zh/stage';
import { trouble } from './zh/trouble';

export const zh: Messages = {
  ...shell,
  ...form,
  ...stage,
  ...trouble,
  ...edit,
  ...references,
  ...painter,
  ...compare,
  ...chat,
  ...problem,
};
