import { useTranslations } from 'use-intl/react';
import type { SizeRule } from '@/lib/core/sizes/sizes';
import { NumberField } from '../ui/number-field';

/** Width and height, freely typed. */
export function SizeFields({
  size,
  rule,
  invalid,
  describedBy,
  onChange,
}: {
  size: string;
  rule: SizeRule;
  invalid: boolean;
  describedBy: string;
  onChange: (size: string) => void;
}) {
  const t = useTranslations('form');
  const [width = '', height = ''] = size === 'auto' ? [] : size.split('x');
  const shared = {
    min: 1,
    step: typeof rule.legal === 'object' ? rule.legal.step : 1,
    placeholder: size === 'auto' ? t('auto') : undefined,
    invalid,
    'aria-describedby': invalid ? describedBy : undefined,
  };
  return (
    <div className="flex min-w-0 flex-1 items-center gap-1.5 text-muted">
      <NumberField
        {...shared}
        aria-label={t('width')}
        value={width}
        onType={(text) => onChange(joined(text, height))}
      />
      <span aria-hidden>×</span>
      <NumberField
        {...shared}
        aria-label={t('height')}
        value={height}
        onType={(text) => onChange(joined(width, text))}
      />
    </div>
  );

  // Both fields emptied: the model decides again, where it can.
  function joined(across: string, down: string): string {
    return across === '' && down === '' && rule.auto ? 'auto' : `${across}x${down}`;
  }
}
