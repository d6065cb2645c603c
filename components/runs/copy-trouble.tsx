'use client';
import type { RunLife } from '@/lib/core/run-life';
import { momentOf } from '@/lib/core/run-life';
import type { Trouble } from '@/lib/core/trouble';
import { CopyDetails } from '../controls/copy-details';
import { useTroubleWords } from '../controls/use-trouble-words';

/** A run's trouble as text, for whoever is asked for help. */
export function CopyTrouble({
  life,
  trouble,
  settings,
}: {
  life: RunLife;
  trouble: Trouble;
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
