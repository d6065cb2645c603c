'use client';
import { useTranslations } from 'use-intl/react';

/** The first stop of the Tab key: past the bar. */
export function SkipLink() {
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
