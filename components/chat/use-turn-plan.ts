import { useMemo } from 'react';
import { chatStore } from '@/lib/client/stores/chat';
import type { MessageDraft } from '@/lib/client/stores/composer';
import { useOpenPath } from '@/lib/client/stores/use-chat';
import type { Conversation } from '@/lib/core/chat/conversation';
import type { ChatMessage } from '@/lib/core/chat/message';
import { planDraft, type TurnPlan } from '@/lib/core/chat/turn-plan';

/** What the next request will carry; undefined while an answer comes, which would still change it. */
export function useTurnPlan({
  conversation,
  draft,
  isAnswering,
}: {
  conversation: Conversation | undefined;
  draft: MessageDraft;
  isAnswering: boolean;
}): TurnPlan | undefined {
  const path = useOpenPath();
  const choices = conversation?.pictures;
  const { text, pictures } = draft;
  return useMemo(() => {
    if (isAnswering || !path || !choices) return undefined;
    const { messages } = chatStore.getState();
    const said = path
      .map(({ id }) => messages[id])
      .filter((message): message is ChatMessage => message !== undefined);
    return planDraft({ path: said, choices, text, pictures });
  }, [path, choices, text, pictures, isAnswering]);
}
