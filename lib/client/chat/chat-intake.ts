import { createIntakeQueue } from '../references/intake-queue';
import { changeDraft, findDraft } from './composer-store';

/** The files for messages that are being written; the place is the key of a draft. */
export const messageIntake = createIntakeQueue<string>({
  room: (draft, { max }) => max - findDraft(draft).pictures.length,
  add: (draft, picture) =>
    changeDraft(draft, ({ pictures }) => ({ pictures: [...pictures, picture] })),
});
