'use client';
import { type ReactNode, useMemo } from 'react';
import { IntlProvider, useTranslations } from 'use-intl/react';
import type { Locale } from '@/lib/i18n/locale';
import type { Messages } from '@/lib/i18n/messages';
import './moved-nodes';
import { useEarlyPresses } from '../ui/hydrated';
import { usePressOnce } from '../ui/keyboard';
import { BackClosesDialogs } from './back-closes';
import { GuardedLinks } from './guarded-links';
import { LiveRuns } from './live-runs';
import { NewVersion } from './new-version';
import type { Theme } from './theme';
import { TopBar } from './top-bar';

/** The frame around every page. */
export function Shell({
  locale,
  messages,
  theme,
  mode,
  user,
  canSignOut,
  notice,
  children,
}: {
  locale: Locale;
  /** `Partial<Messages>` as JSON: one text is far less work for a browser to take over than so many props. */
  messages: string;
  theme: Theme;
  mode: 'demo' | 'gateway';
  /** The name of who is in; undefined: the server stands open. */
  user: string | undefined;
  /** They sign in and out here, and not at a proxy. */
  canSignOut: boolean;
  /** Rendered above the page, such as the end of the session. */
  notice?: ReactNode;
  children: ReactNode;
}) {
  useEarlyPresses();
  usePressOnce();
  return (
    <Language locale={locale} messages={messages}>
      <LiveRuns />
      <BackClosesDialogs />
      <GuardedLinks />
      <SkipLink />
      <div className="flex h-dvh flex-col">
        <TopBar mode={mode} theme={theme} user={user} canSignOut={canSignOut} />
        <NewVersion />
        {notice}
        {/* It scrolls, and not the window; on narrow screens the form's button stands still in it. */}
        <main
          id="content"
          tabIndex={-1}
          className="relative flex min-h-0 flex-1 flex-col overflow-y-auto outline-none max-wide:scroll-pt-2 max-wide:scroll-pb-32"
        >
          {children}
        </main>
      </div>
    </Language>
  );
}

/** Reads the messages. A component of its own: React may give way between the two, and the frame's code has just run. */
function Language({
  locale,
  messages,
  children,
}: {
  locale: Locale;
  messages: string;
  children: ReactNode;
}) {
  const read = useMemo(() => JSON.parse(messages) as Partial<Messages>, [messages]);
  return (
    <IntlProvider locale={locale} messages={read} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}

/** The first Tab stop: skips the bar. */
function SkipLink() {
  const t = useTranslations('shell');
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-small focus:bg-accent focus:px-3 focus:py-2 focus:text-accent-text"
    >
      {t('skip')}
    </a>
  );
}
