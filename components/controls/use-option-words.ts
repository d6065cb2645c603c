import { useTranslations } from 'use-intl/react';

/**
 * The words for a model's options. An option that only a MODELS_FILE knows goes by its name on the
 * wire, so that its form is complete without a translation.
 */
export function useOptionWords() {
  const t = useTranslations('option');
  const say = (key: string) => (t.has(key as never) ? t(key as never) : undefined);
  return {
    label: (name: string) => say(`${name}.label`) ?? name,
    hint: (name: string) => say(`${name}.hint`),
    value: (name: string, value: string) => say(`${name}.value.${value}`) ?? value,
  };
}
