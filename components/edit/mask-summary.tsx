'use client';
import { useLocale, useTranslations } from 'use-intl/react';
import { useFirstMask } from '@/lib/client/edit/first-mask-store';
import { type MaskSession, useMaskSession } from '@/lib/client/edit/mask-session';
import { isSameShape } from '@/lib/core/mask/composite';
import type { Model } from '@/lib/core/models/model';
import { isStoredUpright, type Reference } from '@/lib/core/references/reference';
import { formatSize, parseSize } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { Button } from '../ui/button';

/** What the mask will do to the next edit, beside the button that sends it. */
export function MaskSummary({
  session,
  model,
  first,
  size,
  matching,
  onMatch,
}: {
  session: MaskSession;
  model: Model;
  first: Reference | undefined;
  /** The size that is asked for. */
  size: string;
  /** The size at this model that is nearest to the picture's shape. */
  matching: string | undefined;
  onMatch: (size: string) => void;
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
  const made = parseSize(size);
  const isOtherShape =
    isPainted && model.mask && made !== undefined && !isSameShape(session.size, made);
  return (
    <div
      className={`mb-2 text-small text-muted ${isOtherShape ? '' : '[@media(max-height:500px)]:hidden'}`}
    >
      {isOtherShape && (
        <p role="status" className="mb-1 text-warn">
          {t('otherShape', {
            input: formatSizeForPeople(formatSize(session.size)),
            size: formatSizeForPeople(size),
          })}
          {matching !== undefined && matching !== size && (
            <Button look="link" className="ml-1" onClick={() => onMatch(matching)}>
              {t('matchInput', { size: formatSizeForPeople(matching) })}
            </Button>
          )}
        </p>
      )}
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
