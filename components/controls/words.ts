import { useLocale, useTranslations } from 'use-intl/react';
import { furtherThan, useFurtherModels } from '@/lib/client/forms/further-models';
import type { ImageEndpoint } from '@/lib/core/endpoints/image-request';
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

/** What is said of sending a page's form to several models; undefined if it is sent to one. */
export function useSetWords(
  endpoint: ImageEndpoint,
  own: Model | undefined,
  models: readonly Model[],
): string | undefined {
  const t = useTranslations('set');
  const requests = useFurtherModels(endpoint, (state) => state.requests);
  const ids = useFurtherModels(endpoint, (state) => state.ids);
  if (requests > 0) return t('run', { count: requests });
  // The code that counts the requests may still be on its way.
  return own && furtherThan(own, ids, models).length > 0 ? t('further') : undefined;
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
