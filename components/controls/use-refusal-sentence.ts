import { useTranslations } from 'use-intl/react';
import type { FileKind } from '@/lib/core/references/file-kind';
import { maxPixels, maxSide, megabytesOf, type Refusal } from '@/lib/core/references/intake';

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
  zip: 'ZIP',
};

/** Says why a file was not taken, and what would be right. */
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
