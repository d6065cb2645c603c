'use client';
import type { RunEntry } from '@/lib/core/run-entry';
import type { Trouble } from '@/lib/core/trouble';
import { CopyDetails } from '../controls/copy-details';
import { useTroubleWords } from '../controls/use-trouble-words';

/** A run's trouble as text, for whoever is asked for help. */
export function CopyTrouble({ run, trouble }: { run: RunEntry; trouble: Trouble }) {
  const { title, advice } = useTroubleWords(trouble);
  const { status, code, message, requestId } = trouble;
  const facts = {
    status,
    code,
    message,
    requestId,
    run: run.key,
    time: new Date(run.createdAt).toISOString(),
  };
  const { prompt: _prompt, ...settings } = run.request;
  const lines = [
    title,
    advice,
    ...Object.entries({ ...facts, ...settings })
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => `${name}: ${String(value)}`),
  ];
  return <CopyDetails text={lines.join('\n')} />;
}
