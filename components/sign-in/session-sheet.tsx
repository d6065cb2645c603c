'use client';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useIsSignedOut } from '@/lib/client/api/session';
import { later, useLater } from '@/lib/client/browser/later';
import { NotLoaded } from '../shell/new-version';
import { StatusBar } from '../shell/status-bar';
import { Sheet } from '../ui/sheet';

const form = later(async () => (await import('./sign-in-form')).SignInForm);

/**
 * Says that the session has ended, and signs in again without leaving the page.
 * @param name of who has signed in here; undefined: a proxy signs people in, when the page is loaded
 */
export function SessionSheet({ name }: { name: string | undefined }) {
  const t = useTranslations('signIn');
  const shell = useTranslations('shell');
  const router = useRouter();
  const sheet = useRef<HTMLDialogElement>(null);
  const isSignedOut = useIsSignedOut();
  const isHere = name !== undefined;
  const Form = useLater(form, isSignedOut && isHere);
  const open = () => {
    if (!isHere) return location.reload();
    sheet.current?.showModal();
    sheet.current?.querySelector<HTMLElement>('[name="password"]')?.focus();
  };
  const close = () => {
    sheet.current?.close();
    // The new session may belong to someone else.
    router.refresh();
  };
  return (
    <>
      <div role="status">
        {isSignedOut && (
          <StatusBar
            words={isHere ? t('ended') : t('proxy.ended')}
            action={isHere ? t('again') : t('proxy.reload')}
            onAction={open}
          />
        )}
      </div>
      {isHere && (
        <Sheet ref={sheet} title={t('again')} closeLabel={shell('close')}>
          {Form === 'failed' && <NotLoaded />}
          {Form && Form !== 'failed' && <Form.value name={name} onDone={close} />}
        </Sheet>
      )}
    </>
  );
}
