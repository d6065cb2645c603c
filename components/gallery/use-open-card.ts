import { useRouter } from 'next/navigation';
import { openPage } from '@/lib/client/api/open-page';
import { openRun } from '@/lib/client/runs/run-commands';
import type { Card } from '@/lib/core/gallery/card';
import { showRun } from '../runs/run-focus';

/** Opens the page that a card's run or answer was made on, at it. */
export function useOpenCard() {
  const router = useRouter();
  return ({ id, origin, conversation, experiment }: Card) =>
    openPage(async () => {
      if (origin === 'chat' && conversation !== undefined) {
        // Lazy: the Chat page's code.
        const { openConversation } = await import('@/lib/client/chat/open-conversation');
        void openConversation(conversation);
        router.push('/chat');
      } else if (experiment !== undefined) {
        // Lazy: the Experiments page's code.
        const { openAnywhere } = await import('@/lib/client/experiments/run-set');
        router.push(await openAnywhere(experiment));
        showRun(experiment);
      } else if (origin !== 'added' && (await openRun(id))) {
        router.push(origin === 'edits' ? '/edit' : '/');
        showRun(id);
      }
    });
}
