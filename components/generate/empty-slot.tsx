import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Slot } from '@/lib/client/stores/runs';
import { formatBytes } from '@/lib/i18n/format-bytes';

/** The place of a picture that is not there: not yet, or not at all. */
export function EmptySlot({
  slot,
  aspect,
}: {
  slot: Exclude<Slot, { kind: 'picture' }>;
  aspect: number;
}) {
  const run = useTranslations('run');
  const t = useTranslations('picture');
  const locale = useLocale();
  switch (slot.kind) {
    case 'arriving':
      return (
        <Place aspect={aspect} look="checkerboard text-muted">
          {run('arriving', { bytes: formatBytes(slot.bytes, locale) })}
        </Place>
      );
    case 'error':
      return (
        <Place aspect={aspect} look="border border-error/30 bg-error-soft">
          <span data-testid="problem">
            <strong className="block font-semibold">{t('refused')}</strong>
            {slot.message}
          </span>
        </Place>
      );
    case 'invalid':
      return (
        <Place aspect={aspect} look="border border-error/30 bg-error-soft">
          <span data-testid="problem">{t('invalid')}</span>
        </Place>
      );
    case 'link':
      return (
        <Place aspect={aspect} look="text-muted">
          <a href={slot.url} target="_blank" rel="noreferrer" className="underline">
            {t('link', { host: new URL(slot.url).host })}
          </a>
        </Place>
      );
    default:
      return (
        <Place aspect={aspect} look="animate-breathe text-muted">
          {run('waiting')}
        </Place>
      );
  }
}

function Place({ aspect, look, children }: { aspect: number; look: string; children: ReactNode }) {
  return (
    <div
      style={{ aspectRatio: aspect }}
      className={`grid w-full place-items-center overflow-hidden rounded-large bg-sunken p-4 text-center break-words ${look}`}
    >
      {children}
    </div>
  );
}
