import { useTranslations } from 'use-intl/react';
import { type ImageFormStore, useImageForm } from '@/lib/client/forms/image-forms';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { useOptionWords } from './words';

/** Says what the last choice of a model has changed in the form, until something else is chosen. */
export function ModelChanges({ store }: { store: ImageFormStore }) {
  const t = useTranslations('form');
  const words = useOptionWords();
  const changes = useImageForm(store, (state) => state.modelChanges);
  const label = (param: string) => {
    if (param === 'size') return t('size');
    return param === 'n' ? t('pictures') : words.label(param);
  };
  const value = (param: string, chosen: string) =>
    param === 'size' ? formatSizeForPeople(chosen) : words.value(param, chosen);
  return (
    <div role="status" className="text-small text-warn">
      {changes.map(({ param, from, to }) => (
        <p key={param} className="mt-1.5">
          {t(to === null ? 'modelDrops' : 'modelChanges', {
            option: label(param),
            from: value(param, String(from)),
            to: to === null ? '' : value(param, String(to)),
          })}
        </p>
      ))}
    </div>
  );
}
