import { useLocale, useTranslations } from 'use-intl/react';
import type { Axis, AxisValue } from '@/lib/core/experiments/axes';
import type { ModelRow } from '@/lib/core/experiments/experiment';
import { findModel } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { useOptionWords } from '../controls/words';

/** How the axes of an experiment and their values are called. */
export function useAxisWords(models: readonly Model[]) {
  const t = useTranslations('experiments.axis');
  const locale = useLocale();
  const words = useOptionWords();
  const modelName = (id: string) => findModel(models, id)?.label[locale] ?? id;

  /** The options in which a row differs from the other rows of its model. */
  function differing(row: ModelRow, rows: readonly ModelRow[]): string {
    const same = rows.filter(({ model }) => model === row.model);
    if (same.length < 2) return '';
    const names = [...new Set(same.flatMap(({ options }) => Object.keys(options)))];
    return names
      .filter((name) => new Set(same.map(({ options }) => String(options[name] ?? ''))).size > 1)
      .map((name) => {
        const value = row.options[name];
        const said = [value ?? t('usual')].flat().map((one) => words.value(name, one));
        return `${words.label(name)} ${said.join(', ')}`;
      })
      .join(' · ');
  }

  /** How a choice without a name is told from others: by its first values. */
  function firstValues(values: readonly AxisValue[]): string {
    const first = values.slice(0, 2).map(({ label }) => {
      const start = [...label].slice(0, 16).join('');
      return start === label ? label || t('empty') : `${start.trimEnd()}…`;
    });
    return [...first, ...(values.length > 2 ? ['…'] : [])].join(' / ');
  }

  return {
    /** @param isOne whether one of its values is spoken of */
    axis(axis: Axis, isOne = false): string {
      if (axis.kind !== 'values') return t(isOne ? `one.${axis.kind}` : axis.kind);
      return axis.names
        .map((name) => (name.startsWith('#') ? firstValues(axis.values) : name))
        .join(' · ');
    },
    value(axis: Axis, index: number): string {
      const value = axis.values[index];
      if (!value) return '';
      if (axis.kind === 'values') return value.label || t('empty');
      if (axis.kind === 'shape') return value.id === 'auto' ? t('ownShape') : value.label;
      return modelName(value.label);
    },
    /** What tells a model's row from another of the same model. */
    aside(axis: Axis, index: number): string {
      if (axis.kind !== 'model') return '';
      const row = axis.values[index]?.row;
      return row
        ? differing(
            row,
            axis.values.map((value) => value.row),
          )
        : '';
    },
  };
}
