'use client';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useStore } from 'zustand/react';
import { useKept } from '@/lib/client/browser/cookies';
import { changeDraft, useIsComposerReady } from '@/lib/client/chat/composer-store';
import {
  chatStore,
  useConversations,
  useIsUnreadable,
  useOpenPath,
} from '@/lib/client/chat/conversations-store';
import { loadMessages } from '@/lib/client/chat/open-conversation';
import { waitsForTurn } from '@/lib/core/runs/run-state';
import { IdeaList } from '../controls/idea-list';
import { laterPart } from '../controls/later-part';
import { usePrompt } from '../controls/prompt-scope';
import { Button } from '../ui/button';
import { useKeepFocus } from '../ui/focus';
import { ArrowDownIcon } from '../ui/icons';
import { OpenPicture } from './chat-context';
import { useFollowNewest } from './use-follow-newest';
import { useMessageKeys } from './use-message-keys';

const MessageRows = laterPart(async () => (await import('./message-rows')).MessageRows);
const ChatViewer = laterPart(async () => (await import('./chat-viewer')).default);

/** The messages of the open conversation, along the selected branches. */
export function Transcript({ isFirstVisit }: { isFirstVisit: boolean }) {
  const t = useTranslations('chat');
  const isReady = useConversations((state) => state.isReady);
  const openId = useConversations((state) => state.openId);
  const path = useOpenPath();
  const last = path?.at(-1)?.id ?? '';
  const { scroller, content, isAway, toEnd, onScroll } = useFollowNewest(
    last === '' ? '' : `${openId}/${last}`,
  );
  const focusHandlers = useKeepFocus(scroller);
  useMessageKeys(scroller, usePrompt());
  const [viewed, setViewed] = useState<string | null>(null);
  const isUnreadable = useIsUnreadable();
  const isLoading = !isReady || !path;
  const hasMessages = path !== undefined && path.length > 0;
  useKept(hasMessages);
  // The server's render shows at once what is likely to be there.
  const isEmpty = isLoading ? isFirstVisit && !isUnreadable : !hasMessages;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <section
        ref={scroller}
        {...focusHandlers}
        aria-label={t('transcript')}
        data-results
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
        // Positioned: otherwise the visually hidden text in it would lengthen the page.
        className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain -outline-offset-2 [overflow-anchor:none]"
      >
        <div
          ref={content}
          className="mx-auto flex min-h-full w-full max-w-[760px] flex-col px-5 pt-6 [--side:380px] columns:[--side:440px] vast:max-w-[1120px] vast:[--side:760px] pb-8 max-wide:px-3.5 max-wide:pt-4"
        >
          {isLoading && isUnreadable && openId !== null && (
            <div role="alert" data-testid="problem" className="m-auto max-w-[60ch] text-center">
              <p className="mb-3">{t('unreadable')}</p>
              <Button onClick={() => void loadMessages(openId)}>{t('readAgain')}</Button>
            </div>
          )}
          {isLoading && !isUnreadable && !isEmpty && (
            <p className="m-auto text-muted [animation:appear_200ms_400ms_backwards]">
              {t('loading')}
            </p>
          )}
          {isEmpty && <EmptyChat />}
          {!isLoading && hasMessages && (
            <OpenPicture value={setViewed}>
              <MessageRows path={path} />
            </OpenPicture>
          )}
        </div>
      </section>
      <ChatAnnouncer />
      {viewed !== null && openId !== null && (
        <ChatViewer
          conversation={openId}
          pictureKey={viewed}
          onPicture={setViewed}
          onClose={() => setViewed(null)}
        />
      )}
      {isAway && path && path.length > 0 && (
        <button
          type="button"
          className="absolute bottom-3 left-1/2 inline-flex -translate-x-1/2 animate-appear items-center gap-1.5 rounded-full border border-line-strong bg-raised px-3 py-1.5 text-small shadow-floating transition-colors hover:bg-sunken"
          onClick={() => {
            toEnd();
            scroller.current?.focus({ preventScroll: true });
          }}
        >
          <ArrowDownIcon size={13} aria-hidden />
          {t('newest')}
        </button>
      )}
    </div>
  );
}

/** Sample prompts, each with a small gradient as its picture. */
const ideas = [
  { name: 'mascot', art: 'radial-gradient(circle at 35% 35%, #ffe6b0, #f2a65a 55%, #7a4419)' },
  { name: 'series', art: 'linear-gradient(120deg, #0f4c5c 34%, #e36414 34% 67%, #fb8b24 67%)' },
  { name: 'room', art: 'linear-gradient(180deg, #e9e4d8 58%, #b08968 58%)' },
  { name: 'poster', art: 'radial-gradient(circle at 70% 30%, #ff9f9f, #5b2a86 70%)' },
] as const;

function EmptyChat() {
  const t = useTranslations('chat.empty');
  const box = usePrompt();
  const openId = useConversations((state) => state.openId);
  const isReady = useIsComposerReady();
  // It may be chosen before a conversation is open, or its draft is read.
  const [chosen, setChosen] = useState<string>();
  useEffect(() => {
    if (openId === null || !isReady || chosen === undefined) return;
    // Appends to a draft instead of replacing it.
    changeDraft(openId, ({ text }) => ({
      text: text.trim() === '' ? chosen : `${text}\n${chosen}`,
    }));
    setChosen(undefined);
    box.current?.focus();
  }, [openId, isReady, chosen, box]);
  return (
    <div className="w-full wide:m-auto wide:py-6">
      <h2 className="font-semibold text-huge tracking-tight">{t('title')}</h2>
      <p className="mt-1 max-w-[60ch] text-muted">{t('text')}</p>
      <IdeaList
        ideas={ideas.map(({ name, art }) => ({
          name: t(`ideas.${name}.name`),
          prompt: t(`ideas.${name}.prompt`),
          art,
        }))}
        onChoose={setChosen}
      />
    </div>
  );
}

/** Announces the start and the end of an answer to screen readers, but not its text. */
function ChatAnnouncer() {
  const t = useTranslations('chat.spoken');
  const turn = useTranslations('turn');
  const last = useOpenPath()?.at(-1)?.id ?? '';
  const state = useStore(chatStore, ({ messages }) => {
    const message = messages[last];
    if (message?.role !== 'assistant') return undefined;
    return waitsForTurn(message) ? 'turn' : message.state;
  });
  const pictures = useStore(chatStore, ({ messages }) => {
    const message = messages[last];
    if (message?.role !== 'assistant') return 0;
    return message.parts.filter(({ kind }) => kind === 'picture').length;
  });
  return (
    <p role="status" className="sr-only">
      {words()}
    </p>
  );

  function words(): string {
    switch (state) {
      case undefined:
        return '';
      case 'done':
        return t('done', { count: pictures });
      case 'failed':
        return t('failed');
      case 'cancelled':
        return t('stopped');
      case 'turn':
        return turn('spoken');
      case 'pausing':
        return t('pausing');
      case 'answering':
        return t('answering');
      default:
        return t('waiting');
    }
  }
}
