import type { Answer, ChatMessage } from '../../core/chat/message';
import { settingsOfTurn } from '../../core/chat/settings';
import { randomId } from '../../core/random-id';
import { wantPrompt } from '../forms/prompt-focus';
import { hydrated } from '../storage/draft-storage';
import { changeDraft, composerStore } from './composer-store';
import { changeSettings, newConversation } from './open-conversation';

/**
 * Opens a conversation with the settings of a turn, and the message that it answered in its draft. Drafts
 * of other conversations stay where they are.
 */
export async function reuseTurn(answer: Answer, path: readonly ChatMessage[]): Promise<void> {
  await hydrated(composerStore);
  const asked = path.findLast((message) => message.role === 'user');
  const id = newConversation();
  changeSettings(id, settingsOfTurn(answer.request));
  changeDraft(id, () => ({
    text: asked?.text ?? '',
    pictures: (asked?.pictures ?? []).map((picture) => ({ ...picture, id: randomId() })),
  }));
  wantPrompt('chat');
}
