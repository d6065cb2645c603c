import { useTranslations } from 'use-intl/react';
import { useExperiments } from '@/lib/client/experiments/experiments-store';
import { useGallery } from '@/lib/client/gallery/gallery-store';
import { type Experiment, experimentTitle, hasNamesake } from '@/lib/core/experiments/experiment';
import { readDays } from '@/lib/core/gallery/date-filter';
import type { FilterKind } from '@/lib/core/gallery/filters';
import { useTileWords } from './tile-words';

/** The words for the filters' values in the page's language. */
export function useFilterWords() {
  const t = useTranslations('gallery');
  const words = useTileWords();
  const collections = useGallery((state) => state.collections);
  const experiments = useExperiments((state) => state.experiments);
  const say = (key: string, value: string) => (t.has(key as never) ? t(key as never) : value);
  const sayDate = (value: string) => {
    if (t.has(`date.${value}` as never)) return say(`date.${value}`, value);
    const days = readDays(value, Date.now());
    if (!days) return value;
    if (!value.includes('~')) return words.month(value);
    const { from, to } = days;
    if (from !== '' && to !== '') return words.days(from, to);
    if (from !== '') return t('date.since', { day: words.day(from) });
    return to === '' ? t('date.range') : t('date.until', { day: words.day(to) });
  };
  const experimentName = (found: Experiment | undefined) => {
    if (!found) return t('experimentGone');
    const title = experimentTitle(found) || found.id;
    return hasNamesake(found, experiments) ? `${title} · ${words.moment(found.createdAt)}` : title;
  };
  return {
    /** The name of a filter, which stands where none of its values is chosen. */
    name: (kind: FilterKind) => t(`filter.${kind}`),
    value(kind: FilterKind, value: string): string {
      switch (kind) {
        case 'model':
          return words.model(value);
        case 'date':
          return sayDate(value);
        case 'origin':
        case 'shape':
          return say(`${kind}.${value}`, value);
        case 'starred':
        case 'failed':
          return t(`filter.${kind}`);
        case 'collection':
          return collections.find(({ id }) => id === value)?.name ?? value;
        case 'experiment':
          return experimentName(experiments.find(({ id }) => id === value));
        case 'tag':
          return value;
      }
    },
  };
}
