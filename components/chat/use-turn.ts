import { useContext, useMemo } from 'react';
import { useStore } from 'zustand/react';
import type { MessageDraft } from '@/lib/client/chat/composer-store';
import { chatStore, useOpenPath } from '@/lib/client/chat/conversations-store';
import type { Conversation } from '@/lib/core/chat/conversation';
import type { ChatMessage } from '@/lib/core/chat/message';
import { chatModel } from '@/lib/core/chat/settings';
import { planDraft, type TurnPlan, turnBase, utf8Bytes } from '@/lib/core/chat/turn-plan';
import { isInFlight } from '@/lib/core/runs/run-state';
import { ChatModels } from './chat-context';

/** What the next request will carry; undefined during an answer, which would still change it. */
export function useTurnPlan({
  conversation,
  draft,
  isAnswering,
}: {
  conversation: Conversation | undefined;
  draft: MessageDraft;
  isAnswering: boolean;
}): TurnPlan | undefined {
  const models = useContext(ChatModels);
  const path = useOpenPath();
  const { pictures: choices, settings } = conversation ?? {};
  const { text, pictures } = draft;
  const plan = useMemo(() => {
    const model = settings && chatModel(settings, models);
    if (isAnswering || !path || !choices || !model) return undefined;
    const { messages } = chatStore.getState();
    const said = path
      .map(({ id }) => messages[id])
      .filter((message): message is ChatMessage => message !== undefined);
    const base = turnBase(said, settings, model);
    const takesPictures = model.references !== null;
    return planDraft({ path: said, choices, pictures, base, takesPictures });
  }, [path, choices, settings, models, pictures, isAnswering]);
  return plan && { ...plan, bytes: plan.bytes + utf8Bytes(text) };
}

/** The id of the answer in flight at the end of a conversation, or null. */
export function useAnswering(conversation: string): string | null {
  return useStore(chatStore, ({ messages, paths }) => {
    const last = messages[paths[conversation]?.at(-1)?.id ?? ''];
    return last?.role === 'assistant' && isInFlight(last) ? last.id : null;
  });
}
