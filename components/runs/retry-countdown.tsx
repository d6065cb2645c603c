'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { isServerAway, isTurnWait } from '@/lib/core/runs/failure-kind';
import { mostTries } from '@/lib/core/runs/retry-delay';
import type { RunFailure } from '@/lib/core/runs/run-failure';
import { type LocalRun, momentOf } from '@/lib/core/runs/run-state';
import { formatDuration } from '@/lib/i18n/formats';
import { CopyDetails, FailureNotice, useFailureWords } from '../controls/failure-notice';
import { laterPart } from '../controls/later-part';
import { useElapsed } from '../controls/use-elapsed';
import { Button } from '../ui/button';
import { StopButton } from './stop-button';

const TurnNotice = laterPart(async () => (await import('./turn-notice')).TurnNotice);

/** A run between two tries: the countdown to the automatic retry, or its place in line, and a way to stop it. */
export function RetryCountdown({
  model,
  modelName,
  ...props
}: RetryProps & { model: string; modelName: string }) {
  const { run, trouble, onStop } = props;
  return isTurnWait(trouble) ? (
    <TurnNotice run={run} trouble={trouble} model={model} modelName={modelName} onStop={onStop} />
  ) : (
    <Countdown {...props} />
  );
}

interface RetryProps {
  run: LocalRun;
  trouble: RunFailure;
  /** The request without the prompt, for the copied details. */
  settings: object;
  note?: ReactNode;
  onTryNow: () => void;
  /** Omitted where the page has its own stop button. */
  onStop?: () => void;
}

function Countdown({ run, trouble, settings, note, onTryNow, onStop }: RetryProps) {
  const t = useTranslations('run');
  const now = useElapsed(0);
  const { nextTry, tries } = run;
  const isAway = isServerAway(trouble);
  return (
    <FailureNotice
      trouble={trouble}
      look="warn"
      advice={isAway ? t('sentWhenBack') : t('nextTrySpoken')}
    >
      {note}
      <span role="timer" aria-live="off" className="mr-1 text-small">
        {isAway ? awayWords() : tryWords()}
      </span>
      <Button why={nextTry ? undefined : isAway ? awayWords() : tryWords()} onClick={onTryNow}>
        {t('tryNow')}
      </Button>
      {onStop && <StopButton label={t('stopTrying')} onStop={onStop} />}
      <CopyFailure run={run} trouble={trouble} settings={settings} />
    </FailureNotice>
  );

  // Rounded up, so that it never shows zero while the wait goes on.
  function timeTo(at: number): string {
    return formatDuration(at - now + 999);
  }

  function tryWords(): string {
    if (!nextTry) return t('trying', { number: tries, most: mostTries });
    return t('nextTry', { number: tries + 1, most: mostTries, time: timeTo(nextTry.at) });
  }

  function awayWords(): string {
    return nextTry ? t('sentAgain', { time: timeTo(nextTry.at) }) : t('sending');
  }
}

/** Copies the details of a failure as text, for a support request. */
export function CopyFailure({
  run,
  trouble,
  settings,
}: {
  run: LocalRun;
  trouble: RunFailure;
  /** The request without the texts that the user wrote. */
  settings: object;
}) {
  const { title, advice } = useFailureWords(trouble);
  const { status, code, message, requestId } = trouble;
  const facts = {
    status,
    code,
    message,
    requestId,
    run: run.key,
    time: new Date(momentOf(run)).toISOString(),
  };
  const lines = [
    title,
    advice,
    ...Object.entries({ ...facts, ...settings })
      .filter(([, value]) => value !== null && value !== '')
      .map(
        ([name, value]) =>
          `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
      ),
  ];
  return <CopyDetails text={lines.join('\n')} />;
}
