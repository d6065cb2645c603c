'use client';
import { useTranslations } from 'use-intl/react';
import type { Refusal } from '@/lib/core/references/intake';
import { useRefusalSentence } from '../controls/refusal-list';

/** Why an edit was not started: a file that cannot be sent, or the painter cannot be used. */
export type StartProblem = { name: string; refusal: Refusal } | 'notReady';

/** Says why the last edit was not started. */
export function NotStarted({ why }: { why: StartProblem }) {
  const t = useTranslations('edit');
  const sentence = useRefusalSentence();
  return (
    <p role="alert" data-testid="problem" className="mb-2 text-small text-error">
      {/* The stage says more of the painter. */}
      {t('notStarted', { why: why === 'notReady' ? t('notReady') : sentence(why) })}
    </p>
  );
}
