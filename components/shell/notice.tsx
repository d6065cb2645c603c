'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useIsOutdated } from '@/lib/client/browser/outdated';
import { Button, buttonClasses } from '../ui/button';

/** A page with a title, a sentence and a few buttons. */
function Notice({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="grid flex-1 place-items-center p-6">
      <div className="max-w-md text-center">
        <div
          aria-hidden
          className="mx-auto mb-6 h-24 w-36 rounded-large border border-line checkerboard bg-panel"
        />
        <h1 className="text-huge font-semibold tracking-tight">{title}</h1>
        <p className="mt-2 text-muted">{text}</p>
        <div className="mt-5 flex justify-center gap-2">{children}</div>
      </div>
    </div>
  );
}

/** Shown when a page throws during rendering. */
export function CrashNotice({ reset }: { reset: () => void }) {
  const t = useTranslations('crash');
  const isOutdated = useIsOutdated();
  return (
    <Notice title={t('title')} text={t(isOutdated ? 'outdated' : 'text')}>
      {!isOutdated && <Button onClick={reset}>{t('again')}</Button>}
      <Button look="quiet" onClick={() => location.reload()}>
        {t('home')}
      </Button>
    </Notice>
  );
}

/** The 404 page. */
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
