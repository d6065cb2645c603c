'use client';
import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import type { OptionValue } from '@/lib/core/endpoints/image-form';
import type { ModelOption } from '@/lib/core/models/model';
import { CheckBox } from '../ui/check-box';
import { FieldHead, FieldProblem, NumberField, Slider } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { useOptionWords } from './words';

/** The field of a model's option, built from the catalogue alone. */
export function OptionField({
  option,
  value,
  problem,
  note,
  onChange,
}: {
  option: ModelOption;
  value: OptionValue;
  problem: string | undefined;
  /** Says that this option has switched another one. */
  note?: string;
  onChange: (value: OptionValue) => void;
}) {
  const words = useOptionWords();
  const id = useId();
  const hint = words.hint(option.name);
  const said = [hint && `${id}-hint`, problem && `${id}-problem`, note && `${id}-note`];
  const shared = {
    id,
    describedBy: said.filter(Boolean).join(' ') || undefined,
    invalid: problem !== undefined,
    onChange,
  };
  const text = typeof value === 'string' ? value : '';
  const isSingle = option.kind === 'integer' || option.kind === 'text';
  return (
    <div data-param={option.name}>
      <FieldHead
        {...(isSingle ? { htmlFor: id } : { id })}
        label={words.label(option.name)}
        aside={
          hint && (
            <span id={`${id}-hint`} className="text-right">
              {hint}
            </span>
          )
        }
      />
      {option.kind === 'choice' && <ChoiceOption {...shared} option={option} value={text} />}
      {option.kind === 'integer' && <IntegerOption {...shared} option={option} value={text} />}
      {option.kind === 'text' && <TextOption {...shared} option={option} value={text} />}
      {option.kind === 'choices' && (
        <ListOption {...shared} option={option} value={Array.isArray(value) ? value : []} />
      )}
      {problem !== undefined && <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>}
      {note !== undefined && (
        <p id={`${id}-note`} role="status" className="mt-1.5 text-small text-warn">
          {note}
        </p>
      )}
    </div>
  );
}

interface OptionControl<Kind extends ModelOption['kind'], Value> {
  id: string;
  option: Extract<ModelOption, { kind: Kind }>;
  value: Value;
  describedBy: string | undefined;
  invalid: boolean;
  onChange: (value: Value) => void;
}

const mostSideBySide = 4;

/** One of several values: side by side, or in a list where there are many. */
function ChoiceOption(control: OptionControl<'choice', string>) {
  const { id, option, value, describedBy, onChange } = control;
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
      className="w-full rounded-small border border-line-strong bg-raised px-2 py-1.5 touch:text-[16px]"
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

/** A whole number: typed, and by a slider where it always has a value. */
function IntegerOption(control: OptionControl<'integer', string>) {
  const { id, option, value, describedBy, invalid, onChange } = control;
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

function TextOption({ id, value, describedBy, invalid, onChange }: OptionControl<'text', string>) {
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
      className="w-full rounded-small border border-line-strong bg-raised px-2 py-[5px] aria-invalid:border-error touch:text-[16px]"
    />
  );
}

function ListOption(control: OptionControl<'choices', string[]>) {
  const { id, option, value, describedBy, onChange } = control;
  const words = useOptionWords();
  return (
    <fieldset aria-labelledby={id} aria-describedby={describedBy} className="flex flex-wrap gap-3">
      {option.values.map((name) => (
        <CheckBox
          key={name}
          isChecked={value.includes(name)}
          onChange={(isChecked) => {
            // Keeps the catalogue's order.
            const ticked = option.values.filter((other) =>
              other === name ? isChecked : value.includes(other),
            );
            onChange(ticked);
          }}
        >
          {words.value(option.name, name)}
        </CheckBox>
      ))}
    </fieldset>
  );
}
