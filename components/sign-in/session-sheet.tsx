'use client';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useIsSignedOut } from '@/lib/client/api/session';
import { Button } from '../ui/button';
import { AlertIcon } from '../ui/icons';
import { later, useLater } from '../ui/later';
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
  const crash = useTranslations('crash');
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
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-warn-soft px-5 py-2 text-warn max-wide:px-3.5">
            <span className="flex gap-2">
              <AlertIcon size={16} aria-hidden className="mt-px shrink-0" />
              {isHere ? t('ended') : t('proxy.ended')}
            </span>
            <Button className="text-text" onClick={open}>
              {isHere ? t('again') : t('proxy.reload')}
            </Button>
          </p>
        )}
      </div>
      {isHere && (
        <Sheet ref={sheet} title={t('again')} closeLabel={shell('close')}>
          {Form === 'failed' && <p>{crash('notLoaded')}</p>}
          {Form && Form !== 'failed' && <Form.value name={name} onDone={close} />}
        </Sheet>
      )}
    </>
  );
}
