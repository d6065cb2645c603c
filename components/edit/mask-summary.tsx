'use client';
import { useLocale, useTranslations } from 'use-intl/react';
import { useFirstMask } from '@/lib/client/edit/first-mask';
import { type MaskSession, useMaskSession } from '@/lib/client/edit/mask-session';
import type { Model } from '@/lib/core/models/model';
import { isStoredUpright, type Reference } from '@/lib/core/references/reference';
import { formatSize } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/formats';

/** What the mask will do to the next edit, beside the button that sends it. */
export function MaskSummary({
  session,
  model,
  first,
}: {
  session: MaskSession;
  model: Model;
  first: Reference | undefined;
}) {
  const t = useTranslations('edit');
  const locale = useLocale();
  const share = useMaskSession(session, (state) => state.share);
  const isTrying = useMaskSession(session, (state) => state.isTrying);
  const scaledFrom = useFirstMask((state) => state.scaledFrom);
  const isPainted = share > 0;
  const words = () => {
    if (!isPainted) return t('withoutMask');
    if (!model.mask) return t('noMask', { model: model.label[locale] });
    // The share is that of what is kept; what is tried out is sent as well.
    if (isTrying) return t('triedMask', { share });
    return share === 1 ? t('wholeMask') : t('withMask', { share });
  };
  const isBaked = isPainted && model.mask && first !== undefined && !isStoredUpright(first);
  return (
    <div className="mb-2 text-small text-muted [@media(max-height:500px)]:hidden">
      <p className={isPainted && (share === 1 || !model.mask) ? 'text-warn' : ''}>{words()}</p>
      {isPainted && scaledFrom && (
        <p className="mt-0.5">
          {t('scaledMask', {
            from: formatSizeForPeople(formatSize(scaledFrom)),
            to: formatSizeForPeople(formatSize(session.size)),
          })}
        </p>
      )}
      {isBaked && <p className="mt-0.5">{t('baked')}</p>}
    </div>
  );
}
