'use client';
import { useTranslations } from 'use-intl/react';
import { Button } from '../ui/button';
import { Notice } from './notice';

/** What stands in for a page that failed while rendering. */
export function CrashNotice({ reset }: { reset: () => void }) {
  const t = useTranslations('crash');
  return (
    <Notice title={t('title')} text={t('text')}>
      <Button onClick={reset}>{t('again')}</Button>
      <Button look="quiet" onClick={() => location.reload()}>
        {t('home')}
      </Button>
    </Notice>
  );
}
