'use client';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useOpenPath } from '@/lib/client/chat/use-chat';
import { useConversations } from '@/lib/client/chat/use-conversations';
import { ArrowDownIcon } from '../ui/icons';
import { useKeepFocus } from '../ui/use-keep-focus';
import { ChatAnnouncer } from './chat-announcer';
import { EmptyChat } from './empty-chat';
import { MessageView } from './message-view';
import { OpenPicture } from './open-picture';
import { useFollowNewest } from './use-follow-newest';

const ChatViewer = lazy(() => import('./chat-viewer'));

/** What was said in the open conversation, along the way that is shown. */
export function Transcript() {
  const t = useTranslations('chat');
  const isReady = useConversations((state) => state.isReady);
  const openId = useConversations((state) => state.openId);
  const path = useOpenPath();
  const last = path?.at(-1)?.id ?? '';
  const { scroller, content, isAway, toEnd, onScroll } = useFollowNewest(`${openId}/${last}`);
  const focusHandlers = useKeepFocus(scroller);
  const [viewed, setViewed] = useState<string | null>(null);
  const isLoading = !isReady || !path;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <section
        ref={scroller}
        {...focusHandlers}
        aria-label={t('transcript')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so a keyboard must get into it
        tabIndex={0}
        onScroll={onScroll}
        // Positioned, or what is hidden in it for screen readers would make the page longer.
        className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain -outline-offset-2 [overflow-anchor:none]"
      >
        <div
          ref={content}
          className="mx-auto flex min-h-full w-full max-w-[760px] flex-col px-5 pt-6 pb-8 max-wide:px-3.5 max-wide:pt-4"
        >
          {isLoading && (
            <p className="m-auto text-muted [animation:appear_200ms_400ms_backwards]">
              {t('loading')}
            </p>
          )}
          {!isLoading && path.length === 0 && <EmptyChat />}
          {!isLoading && path.length > 0 && (
            <OpenPicture value={setViewed}>
              <ol className="flex flex-col">
                {path.map(({ id, siblings }, index) => {
                  const place = siblings.indexOf(id);
                  return (
                    <MessageView
                      // The place stays when another branch is shown in it, and so does the focus.
                      key={path[index - 1]?.id ?? ''}
                      id={id}
                      place={place}
                      count={siblings.length}
                      before={siblings[place - 1]}
                      after={siblings[place + 1]}
                      isLast={index === path.length - 1}
                    />
                  );
                })}
              </ol>
            </OpenPicture>
          )}
        </div>
      </section>
      <ChatAnnouncer />
      {viewed !== null && openId !== null && (
        <Suspense>
          <ChatViewer
            conversation={openId}
            pictureKey={viewed}
            onPicture={setViewed}
            onClose={() => setViewed(null)}
          />
        </Suspense>
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
