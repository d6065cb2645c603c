'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { ImageFormStore } from '@/lib/client/forms/image-form-store';
import { useImageForm } from '@/lib/client/forms/use-image-form';
import type { OptionValue } from '@/lib/core/endpoints/image-form';
import type { ModelOption } from '@/lib/core/models/model';
import { ChevronRightIcon } from '../ui/icons';
import { OptionField } from './option-field';
import { useOptionWords } from './use-option-words';
import { useSwitchNote } from './use-switch-note';

// Those that designers change daily; whatever else a model takes is under "More".
const daily = ['input_fidelity', 'quality', 'output_format', 'output_compression', 'background'];

/** A model's options: the daily ones in view, the count beside the format, the rest folded away. */
export function OptionList({
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
