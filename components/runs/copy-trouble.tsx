'use client';
import type { RunFailure } from '@/lib/core/runs/run-failure';
import type { LocalRun } from '@/lib/core/runs/run-state';
import { momentOf } from '@/lib/core/runs/run-state';
import { CopyDetails } from '../controls/copy-details';
import { useTroubleWords } from '../controls/use-trouble-words';

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
