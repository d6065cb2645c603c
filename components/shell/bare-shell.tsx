'use client';
import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl/react';
import type { Locale } from '@/lib/i18n/locale';
import type { Messages } from '@/lib/i18n/messages';
import { useEarlyPresses } from '../ui/hydrated';
import { Brand, LanguageSwitch, ThemeSwitch } from './bar-parts';
import type { Theme } from './theme';

/** The frame of pages before sign-in. It imports nothing of the other pages. */
export function BareShell({
  locale,
  messages,
  theme,
  children,
}: {
  locale: Locale;
  messages: Partial<Messages>;
  theme: Theme;
  children: ReactNode;
}) {
  useEarlyPresses();
  return (
    <IntlProvider locale={locale} messages={messages} timeZone="UTC">
      <div className="flex h-dvh flex-col">
        <header className="flex h-(--bar) shrink-0 items-center gap-2.5 border-b border-line bg-panel px-3.5">
          <Brand />
          <div className="ml-auto flex items-center gap-2.5">
            <LanguageSwitch />
            <ThemeSwitch initial={theme} />
          </div>
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="relative flex min-h-0 flex-1 flex-col overflow-y-auto outline-none"
        >
          {children}
        </main>
      </div>
    </IntlProvider>
  );
}
