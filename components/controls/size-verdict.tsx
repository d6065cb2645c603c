import { useTranslations } from 'use-intl/react';
import { parseSize, ratioName } from '@/lib/core/sizes';
import { formatSizeForPeople } from '@/lib/i18n/format-size';

/** What a size comes to, in a few figures. */
export function SizeVerdict({ size, isLegal }: { size: string; isLegal: boolean }) {
  const t = useTranslations('form');
  const sides = parseSize(size);
  if (!sides) return size === 'auto' ? <span>{t('autoVerdict')}</span> : null;
  const megapixels = t('megapixels', { value: (sides.width * sides.height) / 1e6 });
  return (
    <output
      className={`whitespace-nowrap font-mono tracking-tight ${isLegal ? 'text-ok' : 'text-error'}`}
    >
      {isLegal ? '✓' : '✗'} {formatSizeForPeople(size)} · {megapixels} · {ratioName(sides)}
    </output>
  );
}
