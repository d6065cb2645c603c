import { useTranslations } from 'use-intl/react';
import { useGallery } from '@/lib/client/gallery/gallery-store';
import type { FilterKind } from '@/lib/core/gallery/filters';
import { useTileWords } from './tile-words';

/** The words for the filters' values in the page's language. */
export function useFilterWords() {
  const t = useTranslations('gallery');
  const words = useTileWords();
  const collections = useGallery((state) => state.collections);
  const say = (key: string, value: string) => (t.has(key as never) ? t(key as never) : value);
  return {
    /** The name of a filter, which stands where none of its values is chosen. */
    name: (kind: FilterKind) => t(`filter.${kind}`),
    value(kind: FilterKind, value: string): string {
      switch (kind) {
        case 'model':
          return words.model(value);
        case 'month':
          return words.month(value);
        case 'origin':
        case 'shape':
          return say(`${kind}.${value}`, value);
        case 'starred':
        case 'failed':
          return t(`filter.${kind}`);
        case 'collection':
          return collections.find(({ id }) => id === value)?.name ?? value;
        case 'tag':
          return value;
      }
    },
  };
}
