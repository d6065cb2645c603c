import { useTranslations } from 'use-intl/react';
import { Segmented } from '../ui/segmented';
import type { OptionControl } from './option-control';
import { useOptionWords } from './use-option-words';

const mostSideBySide = 4;

/** One of a few values: side by side, or in a list where they are many. */
export function ChoiceOption({
  id,
  option,
  value,
  describedBy,
  onChange,
}: OptionControl<'choice', string>) {
  const t = useTranslations('form');
  const words = useOptionWords();
  const choices = [
    ...(option.default === null ? [{ value: '', label: t('notSentShort') }] : []),
    ...option.values.map((name) => ({ value: name, label: words.value(option.name, name) })),
  ];
  if (choices.length <= mostSideBySide) {
    return (
      <Segmented
        labelledBy={id}
        describedBy={describedBy}
        value={value}
        choices={choices}
        onChoose={onChange}
      />
    );
  }
  return (
    <select
      aria-labelledby={id}
      aria-describedby={describedBy}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="w-full rounded-small border border-line-strong bg-raised px-2 py-1.5"
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
