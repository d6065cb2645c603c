'use client';
import { useTranslations } from 'use-intl/react';
import { useConversations } from '@/lib/client/chat/conversations-store';
import { newConversation } from '@/lib/client/chat/open-conversation';
import { laterPart } from '../controls/later-part';
import { usePrompt } from '../controls/prompt-scope';
import { Button } from '../ui/button';
import { PlusIcon } from '../ui/icons';

const ConversationItems = laterPart(
  async () => (await import('./conversation-items')).ConversationItems,
);

/** All conversations, and the button for a new one. */
export function ConversationList({ onOpen }: { onOpen?: () => void }) {
  const t = useTranslations('chat');
  const prompt = usePrompt();
  const isKept = useConversations((state) => state.conversations.some(({ title }) => title !== ''));
  const areItemsThere = ConversationItems.useIsThere();
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2 p-3.5 max-wide:p-4">
      <Button
        className="w-full shrink-0 rounded-large py-2"
        onClick={() => {
          newConversation();
          onOpen?.();
          prompt.current?.focus();
        }}
      >
        <PlusIcon size={15} aria-hidden />
        {t('new')}
      </Button>
      {(areItemsThere || isKept) && <ConversationItems onOpen={onOpen} />}
    </div>
  );
}
