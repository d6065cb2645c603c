'use client';
import { useId } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { type Capability, capabilitiesOf } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { FieldHead } from '../ui/field';
import { ChevronDownIcon } from '../ui/icons';

/**
 * Picks a model, and shows what the chosen one can do. A native select lies invisibly on top: phones open
 * their own list, keyboards have type-ahead, screen readers know it.
 */
export function ModelPicker({
  models,
  model,
  aside,
  onChoose,
}: {
  models: readonly Model[];
  model: Model;
  /** The number of models, in words. */
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

/** A square in colours that are derived from the model's id. */
function ModelSwatch({ id }: { id: string }) {
  const hue = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  return (
    <span
      aria-hidden
      className="size-[26px] shrink-0 rounded-small"
      style={{
        background: `linear-gradient(200deg, oklch(0.32 0.11 ${hue}), oklch(0.56 0.18 ${hue + 35}) 60%, oklch(0.8 0.14 ${hue + 75}))`,
      }}
    />
  );
}

function ModelCapabilities({ id, model }: { id: string; model: Model }) {
  const t = useTranslations('capability');
  const say = ({ kind, ...values }: Capability) => t(kind, values);
  return (
    // An accessible name would be read out in place of the items.
    <ul id={id} className="mt-1 flex flex-wrap gap-1">
      {capabilitiesOf(model).map((capability) => (
        <li
          key={capability.kind}
          className="whitespace-nowrap rounded-full border border-rim px-[7px] text-tiny leading-[18px] text-muted"
        >
          {say(capability)}
        </li>
      ))}
    </ul>
  );
}
