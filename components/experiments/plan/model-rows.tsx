'use client';
import { useLocale, useTranslations } from 'use-intl/react';
import {
  chooseOption,
  emptyImageForm,
  type OptionValue,
  shownOptions,
  shownValue,
} from '@/lib/core/endpoints/image-form';
import type { Definition, ModelRow } from '@/lib/core/experiments/experiment';
import type { Plan } from '@/lib/core/experiments/plan';
import { findModel } from '@/lib/core/models/lookup';
import type { EndpointName, Model, ModelOption } from '@/lib/core/models/model';
import { randomId } from '@/lib/core/random-id';
import { OptionField } from '../../controls/option-field';
import { useOptionWords } from '../../controls/words';
import { Button, IconButton } from '../../ui/button';
import { FieldHead } from '../../ui/field';
import { ChevronRightIcon, CloseIcon, PlusIcon } from '../../ui/icons';

/** The models of an experiment; each with its options is one row, so a model may stand there twice. */
export function ModelRows({
  definition: { models: rows, edit },
  plan,
  models,
  onEdit,
}: {
  definition: Definition;
  plan: Plan;
  models: readonly Model[];
  onEdit: (change: (definition: Definition) => Definition) => void;
}) {
  const t = useTranslations('experiments.setup');
  const change = (next: (rows: readonly ModelRow[]) => ModelRow[]) =>
    onEdit((definition) => ({ ...definition, models: next(definition.models) }));
  const unused = models.find(({ id }) => rows.every(({ model }) => model !== id)) ?? models[0];
  return (
    <div>
      <FieldHead label={t('models')} aside={<span>{t('modelsHint')}</span>} />
      <ul className="grid gap-1.5">
        {rows.map((row, index) => (
          <Row
            key={row.id}
            row={row}
            endpoint={endpointOf(plan, index) ?? (edit ? 'edits' : 'generations')}
            models={models}
            onChange={(next) =>
              change((all) => all.map((one) => (one.id === row.id ? next(one) : one)))
            }
            onRemove={() => change((all) => all.filter(({ id }) => id !== row.id))}
          />
        ))}
      </ul>
      {unused && (
        <Button
          look="quiet"
          className="mt-1.5"
          onClick={() => change((all) => [...all, newRow(unused.id)])}
        >
          <PlusIcon size={14} aria-hidden />
          {t('addModel')}
        </Button>
      )}
    </div>
  );
}

/** A row of a model with its defaults. */
export function newRow(model: string): ModelRow {
  return { id: randomId(), model, options: {}, size: null };
}

function endpointOf({ offers }: Plan, row: number): EndpointName | undefined {
  const offer = offers[row]?.find((one) => 'sends' in one);
  return offer && 'sends' in offer ? offer.sends.endpoint : undefined;
}

function Row({
  row,
  endpoint,
  models,
  onChange,
  onRemove,
}: {
  row: ModelRow;
  endpoint: EndpointName;
  models: readonly Model[];
  onChange: (change: (row: ModelRow) => ModelRow) => void;
  onRemove: () => void;
}) {
  const t = useTranslations('experiments.setup');
  const form = useTranslations('form');
  const locale = useLocale();
  const words = useOptionWords();
  const model = findModel(models, row.model);
  const at = model && usedEndpoint(model, endpoint);
  const options = model && at ? shownOptions(row, model, at) : [];
  const chosen = options.flatMap((option) => {
    const value = shownValue(row, option);
    if (value === '' || String(value) === String(option.default ?? '')) return [];
    return [
      `${words.label(option.name)}: ${[value]
        .flat()
        .map((one) => words.value(option.name, one))
        .join(', ')}`,
    ];
  });
  const set = (option: ModelOption, value: OptionValue) =>
    onChange((before) => {
      if (!model || at === undefined || at === 'chat') {
        return { ...before, options: { ...before.options, [option.name]: value } };
      }
      const { form: next } = chooseOption({
        form: { ...emptyImageForm, options: before.options },
        model,
        endpoint: at,
        option,
        value,
      });
      return { ...before, options: next.options };
    });
  return (
    <li className="rounded-large border border-line-strong bg-raised">
      <div className="flex items-center gap-1 p-1 pl-2">
        <select
          aria-label={form('model')}
          value={model ? row.model : ''}
          aria-invalid={!model || undefined}
          // Another model has other options, and no size is written down for it.
          onChange={({ target }) =>
            onChange(({ id, options: its }) => ({
              id,
              model: target.value,
              options: its,
              size: null,
            }))
          }
          className="min-w-0 flex-1 truncate bg-raised py-1.5 font-medium aria-invalid:text-error touch:text-[16px]"
        >
          {!model && (
            <option value="" disabled>
              {form('modelGone', { model: row.model })}
            </option>
          )}
          {models.map((one) => (
            <option key={one.id} value={one.id}>
              {one.label[locale]}
            </option>
          ))}
        </select>
        <IconButton
          label={t('removeModel', { model: model?.label[locale] ?? row.model })}
          onClick={onRemove}
        >
          <CloseIcon size={15} aria-hidden />
        </IconButton>
      </div>
      {options.length > 0 && (
        <details className="group/options border-t border-line">
          <summary className="flex items-center gap-1 px-2 py-1 text-small text-muted hover:text-text">
            <ChevronRightIcon
              size={13}
              aria-hidden
              className="shrink-0 group-open/options:rotate-90"
            />
            <span className="truncate">{chosen.join(' · ') || t('usualOptions')}</span>
          </summary>
          <div className="grid gap-3 p-2.5 pt-1">
            {options.map((option) => (
              <OptionField
                key={option.name}
                option={option}
                value={shownValue(row, option)}
                problem={undefined}
                onChange={(value) => set(option, value)}
              />
            ))}
          </div>
        </details>
      )}
    </li>
  );
}

function usedEndpoint({ endpoints }: Model, wanted: EndpointName): EndpointName | undefined {
  return endpoints.includes(wanted) ? wanted : endpoints.find((one) => one === 'chat');
}
