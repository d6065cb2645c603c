import { useTranslations } from 'use-intl/react';
import type { OptionControl } from './option-control';

/** A short text; left empty, it is not sent. */
export function TextOption({
  id,
  value,
  describedBy,
  invalid,
  onChange,
}: OptionControl<'text', string>) {
  const t = useTranslations('form');
  return (
    <input
      id={id}
      type="text"
      value={value}
      autoComplete="off"
      placeholder={t('optional')}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value)}
      className="w-full rounded-small border border-line-strong bg-raised px-2 py-[5px] aria-invalid:border-error"
    />
  );
}
