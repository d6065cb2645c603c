'use client';
import Link from 'next/link';
import { useTranslations } from 'use-intl/react';
import { buttonClasses } from '../ui/button';
import { Notice } from './notice';

/** What an unknown address shows. */
export function NotFoundNotice() {
  const t = useTranslations('notFound');
  const app = useTranslations('app');
  return (
    <Notice title={t('title')} text={t('text')}>
      <title>{`${t('title')} · ${app('name')}`}</title>
      <Link href="/" className={buttonClasses('plain')}>
        {t('back')}
      </Link>
    </Notice>
  );
}
