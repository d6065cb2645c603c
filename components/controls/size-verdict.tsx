import { useTranslations } from 'use-intl/react';
import { parseSize, ratioName } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/format-size';

/** What a size comes to, in a few figures. */
export function SizeVerdict({
  size,
  ratio,
  isLegal,
}: {
  size: string;
  /** What the model's table calls its shape: 21:9, where the sides come to 7:3. */
  ratio: string | undefined;
  isLegal: boolean;
}) {
  const t = useTranslations('form');
  const sides = parseSize(size);
  if (!sides) return size === 'auto' ? <span>{t('autoVerdict')}</span> : null;
  const megapixels = t('megapixels', { value: (sides.width * sides.height) / 1e6 });
  return (
    <output
      className={`whitespace-nowrap font-mono tracking-tight ${isLegal ? 'text-ok' : 'text-error'}`}
    >
      {isLegal ? '✓' : '✗'} {formatSizeForPeople(size)} · {megapixels} · {ratio ?? ratioName(sides)}
    </output>
  );
}
