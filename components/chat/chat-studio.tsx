'use client';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useConversations, useOpenConversation } from '@/lib/client/chat/conversations-store';
import { newConversation } from '@/lib/client/chat/open-conversation';
import { resumeChat } from '@/lib/client/chat/resume-chat';
import { modelsFor } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { PictureHosts } from '../controls/picture-hosts';
import { PromptScope } from '../controls/prompt-scope';
import { OrphanRunsNotice, StageNotices } from '../runs/stage-notices';
import { IconButton } from '../ui/button';
import { PanelIcon, PlusIcon } from '../ui/icons';
import { Sheet } from '../ui/sheet';
import { useMedia, useVisibleHeight } from '../ui/viewport';
import { ChatModels } from './chat-context';
import { Composer } from './composer';
import { ConversationList } from './conversation-list';
import { roomForSettings, Settings } from './settings';
import { Transcript } from './transcript';

/** The Chat page: conversation list, open conversation, settings. */
export function ChatStudio({
  models,
  pictureHosts,
  isFirstVisit,
}: {
  models: readonly Model[];
  pictureHosts: readonly string[];
  isFirstVisit: boolean;
}) {
  const t = useTranslations('chat');
  const root = useRef<HTMLDivElement>(null);
  useVisibleHeight(root);
  useEffect(() => void resumeChat(), []);

  if (modelsFor(models, 'chat').length === 0) {
    return <p className="p-4 text-error">{t('noModels')}</p>;
  }
  return (
    <PictureHosts value={pictureHosts}>
      <ChatModels value={models}>
        <PromptScope>
          <div
            ref={root}
            className="flex max-h-[calc(var(--visible,100dvh)-var(--bar))] min-h-0 flex-1"
          >
            <aside
              aria-label={t('conversations')}
              className="flex w-[232px] shrink-0 flex-col border-line border-r bg-panel max-wide:hidden"
            >
              <ConversationList />
            </aside>
            <section aria-label={t('title')} className="flex min-h-0 min-w-0 flex-1 flex-col">
              <h1 className="sr-only">{t('title')}</h1>
              <ChatHead />
              <StageNotices />
              <OrphanRunsNotice
                endpoint="chat"
                onShow={() => {
                  const words = { title: t('foundTitle'), question: t('foundQuestion') };
                  void showFound(words);
                }}
              />
              <Transcript isFirstVisit={isFirstVisit} />
              <Composer />
            </section>
            <aside
              aria-label={t('settings.title')}
              className="relative w-[300px] shrink-0 overflow-y-auto border-line border-l bg-panel p-3.5 [scrollbar-width:thin] max-[1099px]:hidden"
            >
              <WideSettings />
            </aside>
          </div>
        </PromptScope>
      </ChatModels>
    </PictureHosts>
  );
}

// They were found by code that is loaded later as well, so it can be loaded.
const showFound = async (words: { title: string; question: string }) =>
  (await import('@/lib/client/chat/found-answers')).showFoundAnswers(words);

/** Alone, so that a narrow screen renders only this once more, and not the whole page. */
function WideSettings() {
  return useMedia(roomForSettings) && <Settings />;
}

/** On narrow screens: the conversation's name, and buttons for the list and a new conversation. */
function ChatHead() {
  const t = useTranslations('chat');
  const shell = useTranslations('shell');
  const sheet = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const openId = useConversations((state) => state.openId);
  const conversation = useOpenConversation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sheet closes when another conversation opens
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
