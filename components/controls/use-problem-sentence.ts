import { useLocale, useTranslations } from 'use-intl/react';
import { findModel } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import type { ValidationProblem } from '@/lib/core/validation';
import { useOptionWords } from './use-option-words';

/** Says a problem in the page's language, with the names that stand on the page. */
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
