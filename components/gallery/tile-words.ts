import { createContext, useContext } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Tile } from '@/lib/core/gallery/tiles';
import { findModel } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { formatMoment, formatSizeForPeople } from '@/lib/i18n/formats';

/** The models of the page, by which it names them. */
export const GalleryModels = createContext<readonly Model[]>([]);

/** The words for tiles, days and models in the page's language. */
export function useTileWords() {
  const t = useTranslations('gallery');
  const locale = useLocale();
  const models = useContext(GalleryModels);
  const model = (id: string | null) =>
    id === null ? '' : (findModel(models, id)?.label[locale] ?? id);
  const size = ({ picture }: Tile) =>
    picture?.width ? formatSizeForPeople(`${picture.width}x${picture.height}`) : '';
  const state = ({ card, picture }: Tile) =>
    picture ? '' : t(card.state === 'cancelled' ? 'stopped' : 'failed');
  return {
    /** The language that they are in. */
    locale,
    model,
    size,
    moment: (at: number) => formatMoment(at, locale),
    /** What is read out for a tile. */
    label(tile: Tile, isStarred: boolean): string {
      const { card, pictures } = tile;
      const count = pictures.length;
      return [
        card.title || t('untitled'),
        state(tile),
        card.origin === 'added' ? t('origin.added') : model(card.model),
        size(tile),
        formatMoment(card.at, locale),
        count > 1 ? t('pictures', { count }) : '',
        isStarred ? t('starred') : '',
      ]
        .filter(Boolean)
        .join(', ');
    },
    /** A day such as `2026-11-28` in words; near ones by their name. */
    day(day: string): string {
      const at = dateOf(day);
      const today = new Date();
      const daysAgo = Math.round((startOf(today) - at.getTime()) / dayMs);
      if (daysAgo === 0) return t('today');
      if (daysAgo === 1) return t('yesterday');
      return new Intl.DateTimeFormat(locale, {
        weekday: daysAgo < 7 && daysAgo > 0 ? 'long' : undefined,
        year: at.getFullYear() === today.getFullYear() ? undefined : 'numeric',
        month: 'long',
        day: 'numeric',
      }).format(at);
    },
    /** Two days in words, the same month and year said once. */
    days(from: string, to: string): string {
      const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
      return format.formatRange(dateOf(from), dateOf(to));
    },
    /** A month such as `2026-11` in words. */
    month(month: string): string {
      const [year = 0, number = 1] = month.split('-').map(Number);
      return new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long' }).format(
        new Date(year, number - 1),
      );
    },
  };
}

const dayMs = 24 * 60 * 60 * 1000;

function dateOf(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
}

function startOf(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}
