'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { MonitorIcon, MoonIcon, SunIcon } from '../ui/icons';
import { barButton } from './bar-button';
import { keepPreference } from './preference-cookie';
import { type Theme, themeCookie, themes } from './theme';

const icons = { system: MonitorIcon, light: SunIcon, dark: MoonIcon };

/** Goes round through the themes: the system's, light, dark. */
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
        keepPreference(themeCookie, next);
      }}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}

/** Lets no colour fade in the frame that is painted next, so that all of them change at once. */
function holdTransitions() {
  const { dataset } = document.documentElement;
  dataset.switching = '';
  requestAnimationFrame(() => requestAnimationFrame(() => delete dataset.switching));
}
