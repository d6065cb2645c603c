import { useLocale, useTranslations } from 'use-intl/react';
import { findModel } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import type { ValidationProblem } from '@/lib/core/validation';

/** The words for a model's options. Options of a MODELS_FILE have no words: their wire name is shown. */
export function useOptionWords() {
  const t = useTranslations('option');
  const say = (key: string) => (t.has(key as never) ? t(key as never) : undefined);
  return {
    label: (name: string) => say(`${name}.label`) ?? name,
    hint: (name: string) => say(`${name}.hint`),
    value: (name: string, value: string) => say(`${name}.value.${value}`) ?? value,
  };
}

/** Says a validation problem in the page's language, with the page's names of fields and models. */
export function useProblemSentence(
  models: readonly Model[],
): (problem: ValidationProblem) => string {
  const t = useTranslations('problem');
  const form = useTranslations('form');
  const locale = useLocale();
  const words = useOptionWords();
  const fields: Record<string, string> = {
    n: form('pictures'),
    size: form('size'),
    prompt: form('prompt'),
    model: form('model'),
  };
  const named: Record<string, (value: string) => string> = {
    param: (name) => fields[name] ?? words.label(name),
    option: words.label,
    model: (id) => findModel(models, id)?.label[locale] ?? id,
  };
  return ({ reason, values }) =>
    t(
      reason,
      Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, named[key]?.(String(value)) ?? value]),
      ),
    );
}
