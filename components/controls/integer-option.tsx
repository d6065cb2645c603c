import { useTranslations } from 'use-intl/react';
import { NumberField } from '../ui/number-field';
import { Slider } from '../ui/slider';
import type { OptionControl } from './option-control';
import { useOptionWords } from './use-option-words';

/** A whole number: by slider where it always has a value, and by typing. */
export function IntegerOption({
  id,
  option,
  value,
  describedBy,
  invalid,
  onChange,
}: OptionControl<'integer', string>) {
  const t = useTranslations('form');
  const words = useOptionWords();
  const { min, max } = option;
  const field = (
    <NumberField
      id={id}
      min={min}
      max={max}
      value={value}
      invalid={invalid}
      aria-describedby={describedBy}
      placeholder={option.default === null ? t('notSent') : undefined}
      onType={onChange}
    />
  );
  if (option.default === null) return field;
  return (
    <div className="flex items-center gap-3">
      <Slider
        aria-label={words.label(option.name)}
        min={min}
        max={max}
        value={value}
        onSlide={onChange}
      />
      <div className="w-16 shrink-0">{field}</div>
    </div>
  );
}
