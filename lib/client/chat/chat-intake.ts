import { chatModel } from '../../core/chat/settings';
import { modelsFor } from '../../core/models/lookup';
import type { Model } from '../../core/models/model';
import { createIntakeQueue } from '../references/intake-queue';
import { changeDraft, emptyDraft, findDraft } from './composer-store';
import { findConversation, findMessage } from './conversations-store';
import { conversationForPictures } from './open-conversation';

/** The files for messages that are being written; the place is the key of a draft. */
export const messageIntake = createIntakeQueue<string>({
  room: (draft, { max }) => max - findDraft(draft).pictures.length,
  add(draft, picture) {
    // The change to an earlier message was given up meanwhile; a conversation need not have a draft.
    if (findMessage(draft) && findDraft(draft) === emptyDraft) return;
    changeDraft(draft, ({ pictures }) => ({ pictures: [...pictures, picture] }));
  },
});

/** Takes files from another page into a new conversation. */
export function sendFilesToChat(files: readonly File[], models: readonly Model[]): void {
  const id = conversationForPictures();
  const settings = findConversation(id)?.settings;
  const chosen = settings && chatModel(settings, models);
  // If the chosen model takes no pictures, the page says so.
  const limits =
    chosen?.references ??
    modelsFor(models, 'chat').find(({ references }) => references)?.references;
  if (limits) messageIntake.enqueueAll(files, limits, id);
}
