import { useLocale, useTranslations } from 'use-intl/react';
import { usePicturesLeft } from '@/lib/client/runs/sharing-store';
import { formatMoment } from '@/lib/i18n/formats';

/** What is to be said of one's budget of pictures. */
export function useBudgetWords(): {
  /** When it has room again, if it is used up. */
  hasRoom: string;
  /** That it has no room for so many pictures; empty where it has. */
  notEnough(pictures: number): string;
} {
  const t = useTranslations('budget');
  const locale = useLocale();
  const budget = usePicturesLeft();
  return {
    hasRoom: budget?.freeAt ? t('hasRoom', { time: formatMoment(budget.freeAt, locale) }) : '',
    notEnough(pictures) {
      if (!budget || budget.left >= pictures) return '';
      return t('notEnough', { left: budget.left, limit: budget.limit });
    },
  };
}
