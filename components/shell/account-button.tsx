'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { signOut } from '@/lib/client/api/session';
import { SignOutIcon } from '../ui/icons';
import { barButton } from './bar-button';

/** Who is signed in, and the way out. */
export function AccountButton({ name }: { name: string }) {
  const t = useTranslations('signIn');
  const [hasFailed, setFailed] = useState(false);
  const leave = () =>
    signOut().then(
      () => location.assign('/sign-in'),
      () => setFailed(true),
    );
  const label = `${t('out')} · ${t('signedInAs', { name })}`;
  return (
    <>
      <button
        type="button"
        aria-label={label}
        title={label}
        className={`${barButton} min-w-0`}
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
