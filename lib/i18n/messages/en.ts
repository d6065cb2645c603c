import { type ProblemReason, problemWords } from '../../core/validation';
import { chat } from './en/chat';
import { compare } from './en/compare';
import { edit } from './en/edit';
import { form } from './en/form';
import { painter } from './en/painter';
import { references } from './en/references';
import { shell } from './en/shell';
import { stage } from './en/stage';
import { trouble } from './en/trouble';

// Every word of the pages. `problem` is what the API itself says, so both say the same.
export const en = {
  ...shell,
  ...form,
  ...stage,
  ...trouble,
  ...edit,
  ...references,
  ...painter,
  ...compare,
  ...chat,
  problem: problemWords as Record<ProblemReason, string>,
};

/** The shape of every language's messages; one that lacks a key does not compile. */
export type Messages = typeof en;
