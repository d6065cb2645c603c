'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { mostTries } from '@/lib/core/runs/retry-delay';
import type { RunFailure } from '@/lib/core/runs/run-failure';
import { type LocalRun, momentOf } from '@/lib/core/runs/run-state';
import { formatDuration } from '@/lib/i18n/format-duration';
import { CopyDetails } from '../controls/copy-details';
import { TroubleNotice } from '../controls/trouble-notice';
import { useElapsed } from '../controls/use-elapsed';
import { useTroubleWords } from '../controls/use-trouble-words';
import { Button } from '../ui/button';
import { SquareIcon } from '../ui/icons';

/** A run that was refused for the moment: when it is tried again by itself, and the way out. */
export function RetryCountdown({
  life,
  trouble,
  settings,
  note,
  onTryNow,
  onStop,
}: {
  life: LocalRun;
  trouble: RunFailure;
  /** What was asked for besides the prompt, to be copied with the trouble. */
  settings: object;
  /** What else is to be known. */
  note?: ReactNode;
  onTryNow: () => void;
  /** Not given where the page has a button that stops elsewhere. */
  onStop?: () => void;
}) {
  const t = useTranslations('run');
  const now = useElapsed(0);
  const { nextTry, tries } = life;
  const isServerAway = trouble.kind === 'server_stopping';
  return (
    <TroubleNotice
      trouble={trouble}
      look="warn"
      advice={isServerAway ? t('sentWhenBack') : t('nextTrySpoken')}
    >
      {note}
      <span role="timer" aria-live="off" className="mr-1 font-mono text-small">
        {isServerAway ? awayWords() : tryWords()}
      </span>
      <Button aria-disabled={!nextTry} className="aria-disabled:opacity-50" onClick={onTryNow}>
        {t('tryNow')}
      </Button>
      {onStop && <StopButton label={t('stopTrying')} onStop={onStop} />}
      <CopyTrouble life={life} trouble={trouble} settings={settings} />
    </TroubleNotice>
  );

  // Rounded up: it must not say zero while there is still something to wait.
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

/** A run's trouble as text, for whoever is asked for help. */
export function CopyTrouble({
  life,
  trouble,
  settings,
}: {
  life: LocalRun;
  trouble: RunFailure;
  /** What was asked for, without what somebody wrote. */
  settings: object;
}) {
  const { title, advice } = useTroubleWords(trouble);
  const { status, code, message, requestId } = trouble;
  const facts = {
    status,
    code,
    message,
    requestId,
    run: life.key,
    time: new Date(momentOf(life)).toISOString(),
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

/** Stops a run. */
export function StopButton({ label, onStop }: { label: string; onStop: () => void }) {
  return (
    <Button data-testid="stop" onClick={onStop}>
      <SquareIcon size={11} aria-hidden className="fill-current" />
      {label}
    </Button>
  );
}
