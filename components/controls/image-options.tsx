'use client';
import { type ReactNode, useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { type ImageFormStore, useImageForm } from '@/lib/client/forms/image-forms';
import {
  type ModelForm,
  type OptionValue,
  type SwitchedOption,
  shownOptions,
  shownSize,
  shownValue,
} from '@/lib/core/endpoints/image-form';
import type { ModelOption } from '@/lib/core/models/model';
import type { ValidationProblem } from '@/lib/core/validation';
import { FieldHead, FieldProblem, Stepper } from '../ui/field';
import { ChevronRightIcon } from '../ui/icons';
import { OptionField } from './option-field';
import { SizePicker } from './size-picker';
import { useOptionWords } from './words';

/** Size, number and options of the pictures that a form asks for at its model. */
export function ImageOptions({
  store,
  form,
  model,
  problems,
  say,
  belowSize,
}: Omit<ModelForm, 'endpoint'> & {
  store: ImageFormStore;
  /** Those of them that are to be shown. */
  problems: readonly ValidationProblem[];
  say: (problem: ValidationProblem) => string;
  /** What else offers a size. */
  belowSize?: ReactNode;
}) {
  const { endpoint } = store;
  const problemOf = (param: string) => problems.find((found) => found.param === param);
  const sentenceOf = (param: string) => {
    const found = problemOf(param);
    return found && say(found);
  };
  return (
    <>
      <div>
        <SizePicker
          model={model}
          size={shownSize(form, model)}
          problem={problemOf('size')}
          say={say}
          onChange={(size) => store.changeSize(model, size)}
        />
        {belowSize}
      </div>
      <OptionList
        store={store}
        options={shownOptions(form, model, endpoint)}
        shownValueOf={(option) => shownValue(form, option)}
        problemOf={sentenceOf}
        onChange={(option, value) => store.changeOption(model, option, value)}
      >
        {model.count && (
          <CountField
            value={form.count}
            limits={model.count}
            problem={sentenceOf('n')}
            onChange={(text) => store.change({ count: text })}
          />
        )}
      </OptionList>
    </>
  );
}

// Those that designers change daily; whatever else a model takes is under "More".
const daily = ['input_fidelity', 'quality', 'output_format', 'output_compression', 'background'];

/** A model's options: the daily ones in view, the count beside the format, the rest folded away. */
function OptionList({
  store,
  options,
  shownValueOf,
  problemOf,
  onChange,
  children,
}: {
  store: ImageFormStore;
  options: readonly ModelOption[];
  shownValueOf: (option: ModelOption) => OptionValue;
  problemOf: (param: string) => string | undefined;
  onChange: (option: ModelOption, value: OptionValue) => void;
  /** The field for the number of pictures. */
  children: ReactNode;
}) {
  const t = useTranslations('form');
  const words = useOptionWords();
  const switched = useImageForm(store, (state) => state.switched);
  const noteOf = useSwitchNote(switched);
  const field = (option: ModelOption | undefined) =>
    option && (
      <OptionField
        key={option.name}
        option={option}
        value={shownValueOf(option)}
        problem={problemOf(option.name)}
        note={noteOf(option.name)}
        onChange={(value) => onChange(option, value)}
      />
    );
  const named = (name: string) => field(options.find((option) => option.name === name));
  const more = options.filter(({ name }) => !daily.includes(name));
  return (
    <>
      {named('input_fidelity')}
      {named('quality')}
      <div className="grid grid-cols-2 items-start gap-2.5">
        {children}
        {named('output_format')}
      </div>
      {named('output_compression')}
      {named('background')}
      {more.length > 0 && (
        <details className="group">
          <summary className="-mx-1 flex items-center gap-1.5 rounded-small px-1 text-muted hover:text-text">
            <ChevronRightIcon
              size={14}
              aria-hidden
              className="shrink-0 transition-transform group-open:rotate-90"
            />
            <span className="truncate">
              {t('moreOptions', {
                options: more.map(({ name }) => words.label(name)).join(' · '),
              })}
            </span>
          </summary>
          <div className="mt-3 flex flex-col gap-4">{more.map(field)}</div>
        </details>
      )}
    </>
  );
}

/** Says beside a choice which other option it has just changed, and why. */
function useSwitchNote(switched: readonly SwitchedOption[]) {
  const t = useTranslations('form');
  const words = useOptionWords();
  return (name: string): string | undefined => {
    const change = switched.find(({ because }) => because.option === name);
    if (!change) return undefined;
    const value = (option: string, chosen: OptionValue) => words.value(option, String(chosen));
    const { from, to, because, why } = change;
    return t(why === 'needed' ? 'switched' : 'switchedAway', {
      option: words.label(change.option),
      from: value(change.option, from),
      to: value(change.option, to),
      because: words.label(because.option),
      value: value(because.option, because.value),
    });
  };
}

/** How many pictures one run asks for. */
function CountField({
  value,
  limits,
  problem,
  onChange,
}: {
  value: string;
  limits: { min: number; max: number };
  problem: string | undefined;
  onChange: (text: string) => void;
}) {
  const t = useTranslations('form');
  const id = useId();
  return (
    <div data-param="n">
      <FieldHead htmlFor={id} label={t('pictures')} />
      <Stepper
        id={id}
        testId="count"
        value={value}
        min={limits.min}
        max={limits.max}
        labels={{ fewer: t('fewer'), more: t('more') }}
        invalid={problem !== undefined}
        describedBy={problem === undefined ? undefined : `${id}-problem`}
        onChange={onChange}
      />
      {problem !== undefined && <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>}
    </div>
  );
}
