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
import { IconButton } from '../ui/button';
import { FieldHead, FieldProblem, NumberField } from '../ui/field';
import { ChevronRightIcon, MinusIcon, PlusIcon } from '../ui/icons';
import { OptionField } from './option-field';
import { SizePicker } from './size-picker';
import { useOptionWords } from './words';

// Options that designers change daily are in view; whatever else a model takes is under "More".
const daily = ['input_fidelity', 'quality', 'output_format', 'output_compression', 'background'];

/** Size, number and options of the images that a form asks a model for. */
export function ImageOptions({
  store,
  form,
  model,
  problems,
  say,
  belowSize,
}: Omit<ModelForm, 'endpoint'> & {
  store: ImageFormStore;
  /** Only those that are shown. */
  problems: readonly ValidationProblem[];
  say: (problem: ValidationProblem) => string;
  belowSize?: ReactNode;
}) {
  const t = useTranslations('form');
  const words = useOptionWords();
  const noteOf = useSwitchNote(useImageForm(store, (state) => state.switched));
  const options = shownOptions(form, model, store.endpoint);
  const more = options.filter(({ name }) => !daily.includes(name));
  const problemOf = (param: string) => problems.find((found) => found.param === param);
  const sentenceOf = (param: string) => {
    const found = problemOf(param);
    return found && say(found);
  };
  const field = (option: ModelOption | undefined) =>
    option && (
      <OptionField
        key={option.name}
        option={option}
        value={shownValue(form, option)}
        problem={sentenceOf(option.name)}
        note={noteOf(option.name)}
        onChange={(value) => store.changeOption(model, option, value)}
      />
    );
  const named = (name: string) => field(options.find((option) => option.name === name));
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
      {named('input_fidelity')}
      {named('quality')}
      <div className="grid grid-cols-2 items-start gap-4">
        {model.count && (
          <CountField
            value={form.count}
            limits={model.count}
            problem={sentenceOf('n')}
            onChange={(text) => store.change({ count: text })}
          />
        )}
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

/** Says beside an option which other option its last change has switched, and why. */
function useSwitchNote(switched: readonly SwitchedOption[]) {
  const t = useTranslations('form');
  const words = useOptionWords();
  const value = (option: string, chosen: OptionValue) => words.value(option, String(chosen));
  return (name: string): string | undefined => {
    const change = switched.find(({ because }) => because.option === name);
    if (!change) return undefined;
    const { option, from, to, because, why } = change;
    return t(why === 'needed' ? 'switched' : 'switchedAway', {
      option: words.label(option),
      from: value(option, from),
      to: value(option, to),
      because: words.label(because.option),
      value: value(because.option, because.value),
    });
  };
}

function CountField({
  value,
  limits: { min, max },
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
  const current = Number.isInteger(Number(value)) && value !== '' ? Number(value) : min;
  const whyNot = (by: 1 | -1) => {
    if (by < 0) return current <= min ? t('fewest') : undefined;
    return current >= max ? t('most') : undefined;
  };
  const step = (by: 1 | -1) => ({
    className: 'size-[27px] shrink-0',
    why: whyNot(by),
    onClick: () => onChange(String(Math.min(max, Math.max(min, current + by)))),
  });
  return (
    <div data-param="n">
      <FieldHead
        htmlFor={id}
        label={t('pictures')}
        aside={<span className="whitespace-nowrap">{t('pictureRange', { min, max })}</span>}
      />
      <div className="flex items-center gap-0.5 rounded-small bg-sunken p-0.5 has-aria-invalid:outline-1 has-aria-invalid:outline-error">
        <IconButton label={t('fewer')} {...step(-1)}>
          <MinusIcon size={14} aria-hidden />
        </IconButton>
        <NumberField
          id={id}
          data-testid="count"
          value={value}
          min={min}
          max={max}
          invalid={problem !== undefined}
          aria-describedby={problem && `${id}-problem`}
          className="border-transparent text-center font-medium shadow-raised"
          onType={onChange}
        />
        <IconButton label={t('more')} {...step(1)}>
          <PlusIcon size={14} aria-hidden />
        </IconButton>
      </div>
      {problem !== undefined && <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>}
    </div>
  );
}
