import { useTranslations } from 'use-intl/react';
import { isResumable, type RunFailure } from '@/lib/core/runs/run-failure';

/** What went wrong, what to do about it, and what it cost, in a designer's words. */
export function useFailureWords(trouble: RunFailure): { title: string; advice: string } {
  const t = useTranslations('trouble');
  const { kind, retryAfterSeconds, mayBeCharged } = trouble;
  const advice = adviceOf();
  // What is tried again under its old key costs nothing more, whatever became of it.
  const withCost = isResumable(trouble) ? 'sameAgain' : mayBeCharged ? 'charged' : 'nothingMade';
  return { title: t(`${kind}.title`), advice: t(withCost, { advice }) };

  function adviceOf(): string {
    if (kind === 'hidden_host') return t('hidden_host.advice', { origin: location.origin });
    if (kind === 'rate_limit' && retryAfterSeconds !== null) {
      return t('rate_limit.adviceAfter', { seconds: retryAfterSeconds });
    }
    return t(`${kind}.advice`);
  }
}
