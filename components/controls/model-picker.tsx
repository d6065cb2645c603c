'use client';
import { useId } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { capabilitiesOf } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { FieldHead } from '../ui/field';
import { ChevronDownIcon } from '../ui/icons';
import { useLineWords } from './sharing-words';

/**
 * Picks a model; its list says what each can do. A native select lies invisibly on top: phones open
 * their own list, keyboards have type-ahead, screen readers know it.
 */
export function ModelPicker({
  models,
  model,
  chosen,
  aside,
  onChoose,
}: {
  models: readonly Model[];
  model: Model;
  /** The id that was chosen, if any; where the models do not have it, it is said to be gone. */
  chosen: string | null;
  /** The number of models, in words; shown where there is nothing to say of the line of the chosen one. */
  aside: string;
  onChoose: (id: string) => void;
}) {
  const t = useTranslations('form');
  const capability = useTranslations('capability');
  const locale = useLocale();
  const id = useId();
  const line = useLineWords(model.id);
  const gone = chosen !== null && models.every((offered) => offered.id !== chosen);
  const abilities = (of: Model) =>
    capabilitiesOf(of)
      .map(({ kind, ...values }) => capability(kind, values))
      .join(' · ');
  return (
    <div data-param="model">
      <FieldHead
        htmlFor={id}
        label={t('model')}
        aside={<span className="tabular-nums">{(!gone && line) || aside}</span>}
      />
      <div className="relative flex min-h-10 items-center gap-2.5 rounded-large border border-line-strong bg-raised px-2.5 transition-colors hover:border-faint has-focus-visible:outline-2 has-focus-visible:outline-accent">
        <ModelSwatch id={gone ? chosen : model.id} />
        <p aria-hidden className="min-w-0 flex-1 truncate">
          {gone ? (
            <span className="text-error">{t('modelGone', { model: chosen })}</span>
          ) : (
            <>
              <span className="font-medium">{model.label[locale]}</span>
              <span className="ml-2 text-small text-muted">{model.summary[locale]}</span>
            </>
          )}
        </p>
        <ChevronDownIcon size={15} aria-hidden className="shrink-0 text-muted" />
        <select
          id={id}
          data-testid="model"
          title={gone ? undefined : abilities(model)}
          // Never another one in its place: that would be paid for without having been chosen.
          value={gone ? '' : model.id}
          aria-invalid={gone || undefined}
          onChange={(event) => onChoose(event.target.value)}
          className="absolute inset-0 size-full appearance-none bg-raised text-text opacity-0"
        >
          {gone && (
            <option value="" disabled>
              {t('modelGone', { model: chosen })}
            </option>
          )}
          {models.map((option) => (
            <option key={option.id} value={option.id}>
              {[option.label[locale], abilities(option)].filter(Boolean).join(' — ')}
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
      className="size-[22px] shrink-0 rounded-small"
      style={{
        background: `linear-gradient(200deg, oklch(0.32 0.11 ${hue}), oklch(0.56 0.18 ${hue + 35}) 60%, oklch(0.8 0.14 ${hue + 75}))`,
      }}
    />
  );
}
