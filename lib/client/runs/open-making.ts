import type { Making } from '../../core/gallery/lineage';
import { openRun } from './run-commands';

/** Has the page of a run or an answer show it. @returns false if it is not stored any more */
export async function openMaking({ id, endpoint, conversation }: Making): Promise<boolean> {
  if (endpoint !== 'chat') return openRun(id);
  if (conversation === undefined) return false;
  // Lazy, to keep the Chat page's code out of the first load of the other pages.
  const { openConversation } = await import('../chat/open-conversation');
  await openConversation(conversation);
  return true;
}
