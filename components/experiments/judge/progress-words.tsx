import { useTranslations } from 'use-intl/react';
import { firstLookAfter } from '@/lib/core/experiments/judging/first-look';

/** How many pairs were judged, and from when on results say something. */
export function ProgressWords({ count, values }: { count: number; values: number }) {
  const t = useTranslations('judging');
  const from = firstLookAfter(values);
  return count < from ? t('progress', { count, from }) : t('progressEnough', { count });
}
