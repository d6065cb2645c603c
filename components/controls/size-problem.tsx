import { useLocale, useTranslations } from 'use-intl/react';
import type { Model } from '@/lib/core/models/model';
import { parseSize } from '@/lib/core/sizes/sizes';
import type { ValidationProblem } from '@/lib/core/validation';
import { formatSizeForPeople } from '@/lib/i18n/format-size';
import { FieldProblem } from './field-problem';

// Stands where a sentence has its nearest sizes, so that they can become buttons there.
const gap = '\u0000';

/** What is wrong with a size, with the nearest legal ones to click; or the vendor's hint. */
export function SizeProblem({
  id,
  model,
  size,
  problem,
  say,
  onChoose,
}: {
  id: string;
  model: Model;
  size: string;
  problem: ValidationProblem | undefined;
  say: (problem: ValidationProblem) => string;
  onChoose: (size: string) => void;
}) {
  const t = useTranslations('form');
  const locale = useLocale();
  if (problem) {
    if (/^\d*x$|^x\d*$/.test(size))
      return <FieldProblem id={id}>{t('sizeIncomplete')}</FieldProblem>;
    const { nearest } = problem.values;
    const offers = typeof nearest === 'string' && nearest !== '' ? nearest.split(', ') : [];
    const values = { ...problem.values, value: formatSizeForPeople(size), nearest: gap };
    const [before, after] = say({ ...problem, values }).split(gap);
    return (
      <FieldProblem id={id}>
        {before}
        {offers.map((offer) => (
          <button
            key={offer}
            type="button"
            aria-label={t('useSize', { size: formatSizeForPeople(offer) })}
            className="mr-1 rounded-small border border-line-strong bg-raised px-1.5 py-px font-mono text-text hover:border-accent"
            onClick={() => onChoose(offer)}
          >
            {formatSizeForPeople(offer)}
          </button>
        ))}
        {offers.length === 0 && after}
      </FieldProblem>
    );
  }
  const sides = parseSize(size);
  const actual = sides ? sides.width * sides.height : 0;
  const min = model.sizes.hintMinPixels ?? 0;
  if (actual === 0 || actual >= min) return null;
  return (
    <p className="mt-1.5 text-small text-warn">
      {t('sizeHint', { model: model.label[locale], min, actual })}
    </p>
  );
}
