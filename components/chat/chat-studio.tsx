'use client';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { showFoundAnswers } from '@/lib/client/chat/show-found-answers';
import { modelsFor } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { PictureHosts } from '../controls/picture-hosts';
import { FoundRuns } from '../runs/found-runs';
import { StageNotices } from '../runs/stage-notices';
import { useMedia } from '../ui/use-media';
import { useVisibleHeight } from '../ui/use-visible-height';
import { ChatHead } from './chat-head';
import { ChatModels } from './chat-models';
import { Composer } from './composer';
import { ConversationList } from './conversation-list';
import { roomForSettings } from './room-for-settings';
import { SettingsPanel } from './settings-panel';
import { Transcript } from './transcript';

/** The Chat page: the conversations, the one that is open, and its settings. */
export function ChatStudio({
  models,
  pictureHosts,
}: {
  models: readonly Model[];
  pictureHosts: readonly string[];
}) {
  const t = useTranslations('chat');
  const root = useRef<HTMLDivElement>(null);
  const hasSettings = useMedia(roomForSettings);
  useVisibleHeight(root);

  if (modelsFor(models, 'chat').length === 0) {
    return <p className="p-4 text-error">{t('noModels')}</p>;
  }
  return (
    <PictureHosts value={pictureHosts}>
      <ChatModels value={models}>
        <div
          ref={root}
          className="flex h-[calc(var(--visible,100dvh)-var(--bar))] min-h-0 wide:h-auto wide:flex-1"
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
            <FoundRuns
              endpoint="chat"
              onShow={() => {
                const words = { title: t('foundTitle'), question: t('foundQuestion') };
                void showFoundAnswers(words);
              }}
            />
            <Transcript />
            <Composer />
          </section>
          <aside
            aria-label={t('settings.title')}
            className="relative w-[300px] shrink-0 overflow-y-auto border-line border-l bg-panel p-3.5 [scrollbar-width:thin] max-[1099px]:hidden"
          >
            {hasSettings && <SettingsPanel />}
          </aside>
        </div>
      </ChatModels>
    </PictureHosts>
  );
}
