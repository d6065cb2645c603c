'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useIsIdle } from '@/lib/client/browser/later';
import { SignOutIcon } from '../ui/icons';
import { Brand, barButton, LanguageSwitch, ThemeSwitch } from './bar-parts';
import { ShortcutsSheet } from './shortcuts-sheet';
import type { Theme } from './theme';

export function TopBar({
  mode,
  theme,
  user,
  canSignOut,
}: {
  mode: 'demo' | 'gateway';
  theme: Theme;
  user: string | undefined;
  canSignOut: boolean;
}) {
  return (
    <header className="z-20 flex h-(--bar) shrink-0 items-center gap-x-4 border-b border-line bg-panel px-3.5 max-wide:gap-x-2 max-roomy:gap-x-1 max-roomy:px-2.5 max-[359px]:px-1.5">
      <Brand isShort />
      <Navigation />
      <div className="ml-auto flex min-w-0 items-center gap-2.5 max-wide:gap-1.5 max-roomy:gap-0 max-[359px]:shrink-0">
        <ModeBadge mode={mode} />
        <LanguageSwitch />
        <ThemeSwitch initial={theme} />
        <ShortcutsSheet />
        {user !== undefined &&
          (canSignOut ? <AccountButton name={user} /> : <AccountName name={user} />)}
      </div>
    </header>
  );
}

/** The pages in their order; a new page is one more entry. */
const studios = [
  { href: '/', name: 'generate' },
  { href: '/edit', name: 'edit' },
  { href: '/chat', name: 'chat' },
  { href: '/experiments', name: 'experiments' },
  { href: '/gallery', name: 'gallery' },
] as const;

function Navigation() {
  const t = useTranslations('shell');
  const path = usePathname();
  const isIdle = useIsIdle();
  const links = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another link
  useEffect(() => {
    const current = links.current?.querySelector('[aria-current=page]');
    current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [path]);
  return (
    <nav
      ref={links}
      aria-label={t('navigation')}
      className="flex shrink-0 gap-0.5 max-roomy:min-w-0 max-roomy:shrink max-roomy:overflow-x-auto max-roomy:[scrollbar-width:none]"
    >
      {studios.map(({ href, name }) => (
        <Link
          key={href}
          href={href}
          // The whole page, so that a click shows it at once.
          prefetch={isIdle}
          aria-current={path === href ? 'page' : undefined}
          // No colour fades: each frame of it would be drawn between the pieces in which the next page is rendered.
          className="flex shrink-0 items-center justify-center whitespace-nowrap rounded-small px-2.5 py-1.5 text-muted max-roomy:px-2 max-[359px]:px-1.5 hover:text-text aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-text"
        >
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}

const looks = {
  demo: 'bg-warn-soft text-warn border-transparent',
  gateway: 'border-line text-muted',
};

/** Shows whether the demo gateway or the real, paid gateway is used. */
function ModeBadge({ mode }: { mode: 'demo' | 'gateway' }) {
  const t = useTranslations('shell');
  return (
    // Where there is no room for the words, they wrap into a second line, which is not shown.
    <span
      title={t(`${mode}Hint`)}
      className={`flex h-[25px] min-w-[21px] flex-wrap justify-end overflow-hidden whitespace-nowrap rounded-full border px-2.5 text-small leading-[23px] max-roomy:min-w-3 max-roomy:border-transparent max-roomy:bg-transparent max-roomy:px-0.5 ${looks[mode]}`}
    >
      <span
        aria-hidden
        className="my-2 mr-1.5 size-[7px] shrink-0 rounded-full bg-current max-roomy:mr-1"
      />
      <span className="max-wide:hidden">{t(mode)}</span>
      <span className="wide:hidden">{t(`${mode}Short`)}</span>
    </span>
  );
}

/** The name that a proxy has given; there is nothing to sign out of here. */
function AccountName({ name }: { name: string }) {
  const t = useTranslations('signIn');
  const label = t('signedInAs', { name });
  return (
    <span title={label} className="max-w-28 truncate text-small text-muted max-wide:hidden">
      <span className="sr-only">{label}</span>
      <span aria-hidden>{name}</span>
    </span>
  );
}

/** The signed-in name and the sign-out button. */
function AccountButton({ name }: { name: string }) {
  const t = useTranslations('signIn');
  const [hasFailed, setFailed] = useState(false);
  const leave = async () => {
    try {
      const { postSignOut } = await import('@/lib/client/api/api');
      await postSignOut();
      location.assign('/sign-in');
    } catch {
      setFailed(true);
    }
  };
  const label = `${t('out')} · ${t('signedInAs', { name })}`;
  return (
    <>
      <button
        type="button"
        aria-label={label}
        title={label}
        className={`${barButton} shrink-0`}
        onClick={leave}
      >
        <span className="max-w-28 truncate max-wide:hidden">{name}</span>
        <SignOutIcon size={14} aria-hidden className="shrink-0" />
      </button>
      <span
        role="status"
        className="fixed top-(--bar) right-2 rounded-small bg-error-soft px-3 py-2 text-error empty:hidden"
      >
        {hasFailed && t('outFailed')}
      </span>
    </>
  );
}
