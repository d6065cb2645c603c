'use client';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import { useIsOutdated, watchScripts } from '@/lib/client/browser/outdated';
import { StatusBar } from './status-bar';

/** Says that the server has a new version, once a part of this page can no longer be loaded. */
export function NewVersion() {
  const t = useTranslations('crash');
  const isOutdated = useIsOutdated();
  useEffect(watchScripts, []);
  return (
    <div role="status">
      {isOutdated && (
        <StatusBar words={t('outdated')} action={t('home')} onAction={() => location.reload()} />
      )}
    </div>
  );
}

/** Says that what belongs here cannot be loaded, and why. */
export function NotLoaded() {
  const t = useTranslations('crash');
  return <p>{t(useIsOutdated() ? 'outdated' : 'notLoaded')}</p>;
}
