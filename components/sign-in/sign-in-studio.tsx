'use client';
import { type ReactNode, useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import { isStoreThere } from '@/lib/client/api/request';
import { every } from '@/lib/client/browser/timers';
import { KeptWork } from './kept-work';
import { SignInForm } from './sign-in-form';

const lookEveryMs = 2000;

/** What stands in place of the sign-in page where a proxy signs people in, and this request did not pass it. */
export function ProxyStudio() {
  const t = useTranslations('signIn.proxy');
  return (
    <SignInCard title={t('title')} text={t('text')}>
      <p className="text-small text-muted">{t('operator')}</p>
    </SignInCard>
  );
}

/** What stands in place of any page until the database, which keeps the sessions, has answered the server. */
export function WaitingStudio({ to }: { to: string }) {
  const t = useTranslations('signIn.waiting');
  useEffect(() => {
    const look = async () => {
      if (await isStoreThere()) location.replace(to);
    };
    return every(lookEveryMs, () => void look());
  }, [to]);
  return (
    <SignInCard title={t('title')} text={t('text')}>
      <p className="text-small text-muted">{t('operator')}</p>
    </SignInCard>
  );
}

/** The sign-in page. */
export function SignInStudio({ to }: { to: string }) {
  const t = useTranslations('signIn');
  return (
    <SignInCard title={t('title')} text={t('text')}>
      {/* A full load, so that nothing rendered before sign-in stays. */}
      <SignInForm onDone={() => location.replace(to)} />
      <KeptWork />
    </SignInCard>
  );
}

/** A card in the middle of the page. */
export function SignInCard({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <div className="grid flex-1 place-items-center p-4 py-10">
      <section className="w-full max-w-[380px] rounded-large border border-line bg-panel p-6 shadow-raised max-roomy:p-5">
        <h1 className="text-huge font-semibold tracking-tight break-words">{title}</h1>
        <p className="mt-1.5 mb-6 text-muted">{text}</p>
        {children}
      </section>
    </div>
  );
}
