'use client';
import { useTranslations } from 'use-intl/react';
import { KeptWork } from './kept-work';
import { SignInForm } from './sign-in-form';

/** The sign-in page. */
export function SignInStudio({ to }: { to: string }) {
  const t = useTranslations('signIn');
  return (
    <div className="grid flex-1 place-items-center p-4 py-10">
      <section className="w-full max-w-[380px] rounded-large border border-line bg-panel p-6 shadow-raised max-roomy:p-5">
        <h1 className="text-huge font-semibold tracking-tight">{t('title')}</h1>
        <p className="mt-1.5 mb-6 text-muted">{t('text')}</p>
        {/* A full load, so that nothing rendered before sign-in stays. */}
        <SignInForm onDone={() => location.replace(to)} />
        <KeptWork />
      </section>
    </div>
  );
}
