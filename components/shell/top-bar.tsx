'use client';
import { AccountButton } from './account-button';
import { Brand } from './brand';
import { LanguageSwitch } from './language-switch';
import { ModeBadge } from './mode-badge';
import { Navigation } from './navigation';
import { ShortcutsSheet } from './shortcuts-sheet';
import type { Theme } from './theme';
import { ThemeSwitch } from './theme-switch';

/** The bar above every page. */
export function TopBar({
  mode,
  theme,
  user,
}: {
  mode: 'demo' | 'gateway';
  theme: Theme;
  user: string | undefined;
}) {
  return (
    <header className="sticky top-0 z-20 flex h-(--bar) shrink-0 items-center gap-x-4 border-b border-line bg-panel px-3.5 max-wide:gap-x-2 max-roomy:flex-wrap max-roomy:content-center">
      <Brand />
      <Navigation />
      <div className="ml-auto flex min-w-0 items-center gap-2.5 max-wide:gap-1.5">
        <ModeBadge mode={mode} />
        <LanguageSwitch />
        <ThemeSwitch initial={theme} />
        <ShortcutsSheet />
        {user !== undefined && <AccountButton name={user} />}
      </div>
    </header>
  );
}
