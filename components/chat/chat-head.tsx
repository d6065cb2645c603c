'use client';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { newConversation } from '@/lib/client/chat/open-conversation';
import { useConversations, useOpenConversation } from '@/lib/client/chat/use-conversations';
import { IconButton } from '../ui/icon-button';
import { PanelIcon, PlusIcon } from '../ui/icons';
import { Sheet } from '../ui/sheet';
import { ConversationList } from './conversation-list';

/** Where the list has no room beside the conversation: its name, the list as a sheet, a new one. */
export function ChatHead() {
  const t = useTranslations('chat');
  const shell = useTranslations('shell');
  const sheet = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const openId = useConversations((state) => state.openId);
  const conversation = useOpenConversation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes when another one is opened
  useEffect(() => sheet.current?.close(), [openId]);
  return (
    <div className="flex h-11 shrink-0 items-center gap-1 border-line border-b bg-panel px-1.5 wide:hidden">
      <IconButton
        label={t('showList')}
        className="size-9"
        onClick={() => {
          setOpen(true);
          sheet.current?.showModal();
        }}
      >
        <PanelIcon size={17} aria-hidden />
      </IconButton>
      <h2 className="min-w-0 flex-1 truncate text-center font-medium">
        {conversation?.title || t('untitled')}
      </h2>
      <IconButton label={t('new')} className="size-9" onClick={() => newConversation()}>
        <PlusIcon size={17} aria-hidden />
      </IconButton>
      <Sheet
        ref={sheet}
        title={t('conversations')}
        closeLabel={shell('close')}
        onClose={() => setOpen(false)}
      >
        {isOpen && (
          <div className="-m-4 flex h-[min(560px,70dvh)] flex-col">
            <ConversationList onOpen={() => sheet.current?.close()} />
          </div>
        )}
      </Sheet>
    </div>
  );
}
