'use client';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { FileKind } from '@/lib/core/references/intake';
import { maxPixels, maxSide, type Offer, type Refusal } from '@/lib/core/references/intake';
import { megabytesOf } from '@/lib/i18n/formats';
import { Button, IconButton } from '../ui/button';
import { useKeepFocus } from '../ui/focus';
import { AlertIcon, CloseIcon, SpinnerIcon } from '../ui/icons';

interface RefusedItem {
  id: string;
  name: string;
  refusal: Refusal;
  /** The conversion that is in progress. */
  converting: Offer | null;
}

/** The refused files, each with the reason and an offer to convert it. */
export function RefusalList<Item extends RefusedItem>({
  items,
  onOffer,
  onDismiss,
}: {
  items: readonly Item[];
  onOffer: (item: Item, offer: Offer) => void;
  onDismiss: (item: Item) => void;
}) {
  const t = useTranslations('references');
  const say = useRefusalSentence();
  const frame = useRef<HTMLDivElement>(null);
  const keepFocus = useKeepFocus(frame);
  return (
    <div ref={frame} role="status" tabIndex={-1} className="outline-none" {...keepFocus}>
      {items.length > 0 && (
        <ul className="relative mt-2 flex max-h-72 flex-col gap-1.5 overflow-y-auto">
          {items.map((item) => (
            <li
              key={item.id}
              data-testid="problem"
              className="flex gap-2 rounded-small bg-error-soft py-1.5 pr-1 pl-2.5 text-small"
            >
              <AlertIcon size={14} aria-hidden className="mt-0.5 shrink-0 text-error" />
              <div className="min-w-0 flex-1 py-px">
                <p className="break-words">{say(item)}</p>
                <RefusalOffer item={item} onOffer={(offer) => onOffer(item, offer)} />
              </div>
              <IconButton
                label={t('dismiss', { name: item.name })}
                className="size-[24px] shrink-0"
                onClick={() => onDismiss(item)}
              >
                <CloseIcon size={13} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {items.length > 2 && (
        <Button
          look="quiet"
          className="mt-1 text-small"
          onClick={() => items.forEach((item) => void onDismiss(item))}
        >
          {t('dismissAll', { count: items.length })}
        </Button>
      )}
    </div>
  );
}

function RefusalOffer({
  item: { refusal, converting },
  onOffer,
}: {
  item: RefusedItem;
  onOffer: (offer: Offer) => void;
}) {
  const t = useTranslations('references');
  if (!('offer' in refusal) || !refusal.offer) return null;
  const { offer } = refusal;
  const isFlat = refusal.reason === 'bytes' && refusal.hasAlpha;
  const isAnimated = refusal.reason === 'format' && refusal.kind === 'gif';
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
      <Button
        why={converting !== null ? t('converting') : undefined}
        onClick={() => onOffer(offer)}
      >
        {converting !== null && <SpinnerIcon size={13} aria-hidden className="animate-spin" />}
        {t(`offer.${offer}`)}
      </Button>
      {isFlat && <span className="text-muted">{t('offerOnWhite')}</span>}
      {isAnimated && <span className="text-muted">{t('offerFirstFrame')}</span>}
    </p>
  );
}

const kinds: Record<FileKind, string> = {
  avif: 'AVIF',
  bmp: 'BMP',
  gif: 'GIF',
  heic: 'HEIC',
  ico: 'ICO',
  jpeg: 'JPEG',
  jxl: 'JPEG XL',
  pdf: 'PDF',
  png: 'PNG',
  psd: 'PSD',
  svg: 'SVG',
  tiff: 'TIFF / RAW',
  video: 'MP4 / MOV',
  webp: 'WebP',
  xcode: 'PNG (Xcode, CgBI)',
  zip: 'ZIP',
};

/** Says why a file was refused, and what would be accepted. */
export function useRefusalSentence(): (item: { name: string; refusal: Refusal }) => string {
  const t = useTranslations('references');
  return ({ name: fileName, refusal }) => {
    const name = fileName === '' ? t('unnamed') : fileName;
    switch (refusal.reason) {
      case 'format': {
        const kind = kinds[refusal.kind];
        return t(refusal.offer ? 'refused.format' : 'refused.formatNoOffer', { name, kind });
      }
      case 'bytes': {
        const { byteLength, maxBytes } = refusal;
        const max = megabytesOf(maxBytes);
        return t('refused.bytes', { name, byteLength, maxBytes, max });
      }
      case 'pixels': {
        const { width, height } = refusal;
        const megapixels = maxPixels / 1_000_000;
        return t('refused.pixels', { name, width, height, megapixels, side: maxSide });
      }
      case 'count':
        return t('refused.count', { name, max: refusal.max });
      default:
        return t(`refused.${refusal.reason}`, { name });
    }
  };
}
