import { useTranslations } from 'use-intl/react';
import type { Trouble } from '@/lib/core/trouble';

/** What went wrong and what to do about it, in a designer's words. */
export function useTroubleWords({ kind, retryAfterSeconds, mayBeCharged }: Trouble): {
  title: string;
  advice: string;
} {
  const t = useTranslations('trouble');
  const advice =
    kind === 'rate_limit' && retryAfterSeconds !== null
      ? t('rate_limit.adviceAfter', { seconds: retryAfterSeconds })
      : t(`${kind}.advice`);
  return {
    title: t(`${kind}.title`),
    advice: mayBeCharged ? t('charged', { advice }) : advice,
  };
}
