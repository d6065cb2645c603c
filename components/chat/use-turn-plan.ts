import { useContext, useMemo } from 'react';
import type { MessageDraft } from '@/lib/client/chat/composer-store';
import { chatStore, useOpenPath } from '@/lib/client/chat/conversations-store';
import type { Conversation } from '@/lib/core/chat/conversation';
import type { ChatMessage } from '@/lib/core/chat/message';
import { chatModel } from '@/lib/core/chat/settings';
import { planDraft, type TurnPlan, turnBase, utf8Bytes } from '@/lib/core/chat/turn-plan';
import { ChatModels } from './chat-context';

/** What the next request will carry; undefined during an answer, which would still change it. */
export function useTurnPlan({
  conversation,
  draft,
  isAnswering,
}: {
  conversation: Conversation;
  draft: MessageDraft;
  isAnswering: boolean;
}): TurnPlan | undefined {
  const models = useContext(ChatModels);
  const path = useOpenPath();
  const { pictures: choices, settings } = conversation;
  const { text, pictures } = draft;
  const plan = useMemo(() => {
    const model = chatModel(settings, models);
    if (isAnswering || !path || !model) return undefined;
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
