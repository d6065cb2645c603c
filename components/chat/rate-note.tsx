import { useTranslations } from 'use-intl/react';
import type { Model } from '@/lib/core/models/model';

/** The rate that a model is known to have, where it is hit. */
export function RateNote({ model }: { model: Model | undefined }) {
  const t = useTranslations('chat');
  const rate = model?.rate;
  if (!rate) return null;
  const minutes = Math.round(rate.seconds / 60);
  return (
    <p className="basis-full text-muted text-small">
      {t('rate', { requests: rate.requests, minutes })}
    </p>
  );
}
