'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { openPage } from '@/lib/client/api/open-page';
import { keepCookie } from '@/lib/client/browser/cookies';
import { localeCookie } from '@/lib/i18n/locale';
import { MonitorIcon, MoonIcon, SunIcon } from '../ui/icons';
import { type Theme, themeCookie, themes } from './theme';

/** @param isShort Without its name on narrow screens, which the bar of the pages has no room for. */
export function Brand({ isShort = false }: { isShort?: boolean }) {
  const t = useTranslations('app');
  return (
    <span className="flex items-center gap-2 font-semibold tracking-tight">
      <span
        aria-hidden
        className={`size-[18px] shrink-0 rounded-[5px] bg-[conic-gradient(from_210deg,#4f46e5,#22c1c3,#f7b733,#e94f8a,#4f46e5)] ${isShort ? 'max-[359px]:hidden' : ''}`}
      />
      <span className={isShort ? 'max-roomy:sr-only' : ''}>{t('name')}</span>
    </span>
  );
}

/** Switches the language; labelled in the other language. */
export function LanguageSwitch() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const router = useRouter();
  const other = locale === 'en' ? 'zh' : 'en';
  return (
    <button
      type="button"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      className={barButton}
      onClick={() => {
        void openPage(() => {
          keepCookie(localeCookie, other);
          router.refresh();
        });
      }}
    >
      {t('language')}
    </button>
  );
}

const icons = { system: MonitorIcon, light: SunIcon, dark: MoonIcon };

/** Cycles through the themes: system, light, dark. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const t = useTranslations('shell.theme');
  const [theme, setTheme] = useState(initial);
  const Icon = icons[theme];
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return (
    <button
      type="button"
      aria-label={t(theme)}
      title={t(theme)}
      className={barButton}
      onClick={() => {
        setTheme(next);
        holdTransitions();
        document.documentElement.dataset.theme = next;
        keepCookie(themeCookie, next);
      }}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}

/** Turns transitions off for the next frame, so that all colours change at once. */
function holdTransitions() {
  const { dataset } = document.documentElement;
  dataset.switching = '';
  requestAnimationFrame(() => requestAnimationFrame(() => delete dataset.switching));
}

/** The classes of the small buttons at the end of the bar. */
export const barButton =
  'inline-flex h-[26px] items-center justify-center gap-1.5 rounded-full border border-line px-2.5 text-small text-muted transition-colors hover:border-line-strong hover:text-text whitespace-nowrap max-roomy:border-transparent max-roomy:px-2';
