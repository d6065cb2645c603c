'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { saveAnswer } from '@/lib/client/answers/save-answer';
import type { LocalRun } from '@/lib/core/runs/run-state';
import { Button } from '../ui/button';
import { DownloadIcon } from '../ui/icons';

/** What can be done with an answer that arrived and could not be read: nothing is sent by either. */
export function AnswerUnread({ run, onRead }: { run: LocalRun; onRead: () => void }) {
  const t = useTranslations('run');
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const save = async () => {
    setBusy(true);
    setFailed(
      await saveAnswer(run.key).then(
        () => false,
        () => true,
      ),
    );
    setBusy(false);
  };
  return (
    <>
      <Button onClick={onRead}>{t('readAgain')}</Button>
      <Button why={isBusy ? t('savingAnswer') : undefined} onClick={() => void save()}>
        <DownloadIcon size={14} aria-hidden />
        {t('saveAnswer')}
      </Button>
      {hasFailed && (
        <p role="alert" className="basis-full text-small text-error">
          {t('saveAnswerFailed')}
        </p>
      )}
    </>
  );
}
