'use client';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { hearTabs } from '@/lib/client/browser/tabs';
import { countKeptWork, forgetAll, forgetTab } from '@/lib/client/storage/forget-all';
import { Button } from '../ui/button';

type Step = 'offered' | 'asked' | 'busy' | 'gone' | 'failed';

/**
 * Offers to remove what this browser keeps of whoever worked here before: after signing out, and before
 * somebody else signs in.
 */
export function KeptWork() {
  const t = useTranslations('signIn.kept');
  const [count, setCount] = useState<number | null>(null);
  const [step, setStep] = useState<Step>('offered');
  useEffect(() => {
    countKeptWork().then(setCount, () => {});
  }, []);
  // The pages behind the sign-in hear it by themselves.
  useEffect(() => hearTabs(({ type }) => type === 'forgotten' && forgetTab()), []);
  if (count === null) return null;
  const remove = async () => {
    setStep('busy');
    await forgetAll().then(
      () => setStep('gone'),
      () => setStep('failed'),
    );
  };
  return (
    <div
      role="status"
      data-testid="kept-work"
      className="mt-6 grid gap-2.5 border-line border-t pt-4 text-small text-muted"
    >
      <p>{step === 'offered' ? t('text', { count }) : t(step, { count })}</p>
      {step === 'offered' && (
        <Button className="justify-self-start" onClick={() => setStep('asked')}>
          {t('remove')}
        </Button>
      )}
      {(step === 'asked' || step === 'failed') && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => void remove()}>{t('yes')}</Button>
          {/* The button that asked is gone, and the focus would fall back to the body. */}
          <Button ref={(button) => button?.focus()} onClick={() => setStep('offered')}>
            {t('no')}
          </Button>
        </div>
      )}
    </div>
  );
}
