'use client';
import { useId } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Model } from '@/lib/core/models/model';
import { FieldHead } from '../ui/field';
import { ChevronDownIcon } from '../ui/icons';
import { ModelCapabilities } from './model-capabilities';
import { ModelSwatch } from './model-swatch';

/**
 * Picks a model, and says what the chosen one can do. The select is the browser's own, laid invisibly
 * over what is shown: the system's list on a phone, type-ahead on a keyboard, and nothing to learn for
 * a screen reader.
 */
export function ModelPicker({
  models,
  model,
  aside,
  onChoose,
}: {
  models: readonly Model[];
  model: Model;
  /** How many there are, in words. */
  aside: string;
  onChoose: (id: string) => void;
}) {
  const t = useTranslations('form');
  const locale = useLocale();
  const id = useId();
  return (
    <div>
      <FieldHead htmlFor={id} label={t('model')} aside={<span>{aside}</span>} />
      <div className="relative flex items-center gap-2.5 rounded-large border border-line-strong bg-raised px-2.5 py-2 transition-colors hover:border-faint has-focus-visible:outline-2 has-focus-visible:outline-accent">
        <ModelSwatch id={model.id} />
        <div className="min-w-0 flex-1">
          <p aria-hidden className="truncate font-medium">
            {model.label[locale]}
          </p>
          <ModelCapabilities id={`${id}-can`} model={model} />
        </div>
        <ChevronDownIcon size={15} aria-hidden className="shrink-0 text-muted" />
        <select
          id={id}
          data-testid="model"
          aria-describedby={`${id}-can`}
          value={model.id}
          onChange={(event) => onChoose(event.target.value)}
          className="absolute inset-0 size-full appearance-none bg-raised text-text opacity-0"
        >
          {models.map((option) => (
            <option key={option.id} value={option.id}>
              {`${option.label[locale]} — ${option.summary[locale]}`}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
