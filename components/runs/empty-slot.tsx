'use client';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Slot } from '@/lib/core/runs/run-entry';
import { formatBytes } from '@/lib/i18n/format-bytes';
import { LinkedPicture } from './linked-picture';
import { SlotPlace } from './slot-place';

const refusedLook = 'border border-error/30 bg-error-soft';

/** The place of a picture that is not there: not yet, or not at all. */
export function EmptySlot({
  slot,
  aspect,
}: {
  slot: Exclude<Slot, { kind: 'picture' | 'removed' }>;
  aspect: number;
}) {
  const run = useTranslations('run');
  const t = useTranslations('picture');
  const locale = useLocale();
  switch (slot.kind) {
    case 'arriving':
      return (
        <SlotPlace
          aspect={aspect}
          look="checkerboard"
          caption={run('arriving', { bytes: formatBytes(slot.bytes, locale) })}
        />
      );
    case 'error':
      return (
        <SlotPlace aspect={aspect} look={refusedLook}>
          <span data-testid="problem">
            <strong className="block font-semibold">{t('refused')}</strong>
            {slot.message}
          </span>
        </SlotPlace>
      );
    case 'invalid':
      return (
        <SlotPlace aspect={aspect} look={refusedLook}>
          <span data-testid="problem">{t('invalid')}</span>
        </SlotPlace>
      );
    case 'link':
      return <LinkedPicture url={slot.url} aspect={aspect} />;
    default:
      return <SlotPlace aspect={aspect} look="animate-breathe" caption={run('waiting')} />;
  }
}
