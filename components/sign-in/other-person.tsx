import { useCallback, useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import { keepCookie } from '@/lib/client/browser/cookies';
import { countKeptWork } from '@/lib/client/storage/forget-all';
import { personCookie } from '@/lib/core/sign-in';
import { Button } from '../ui/button';
import { KeptWork } from './kept-work';
import { SignInCard } from './sign-in-studio';

/** Stands before the pages where the proxy names another person than the one whose work this browser keeps. */
export function OtherPerson({ name, person }: { name: string; person: string }) {
  const t = useTranslations('signIn.other');
  const goOn = useCallback(() => {
    keepCookie(personCookie, person);
    location.reload();
  }, [person]);
  useEffect(() => {
    countKeptWork().then(
      (count) => count === null && goOn(),
      () => {},
    );
  }, [goOn]);
  return (
    <SignInCard title={t('title', { name })} text={t('text')}>
      <Button look="primary" onClick={goOn}>
        {t('goOn')}
      </Button>
      <KeptWork />
    </SignInCard>
  );
}
