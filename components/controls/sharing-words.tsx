import { useLocale, useTranslations } from 'use-intl/react';
import {
  useLine,
  useOwnTurns,
  useOwnWaiting,
  usePicturesLeft,
} from '@/lib/client/runs/sharing-store';
import { formatMoment, wholeUnits } from '@/lib/i18n/formats';

/** What is to be said of one's budget of pictures; empty where there is nothing to say. */
export function useBudgetWords(): {
  /** How much of it is used. */
  today: string;
  /** When it has room again, if it is used up. */
  hasRoom: string;
  /** Why so many pictures cannot be asked for now. */
  hindrance(pictures: number): string;
  /** After how many an experiment with so many pictures would pause; empty where `hindrance(1)` holds up all of it. */
  notEnough(pictures: number): string;
} {
  const t = useTranslations('budget');
  const locale = useLocale();
  const budget = usePicturesLeft();
  if (!budget) {
    const none = () => '';
    return { today: '', hasRoom: '', hindrance: none, notEnough: none };
  }
  const { left, limit, used, waiting, freeAt } = budget;
  const hasRoom = freeAt ? t('hasRoom', { time: formatMoment(freeAt, locale) }) : '';
  return {
    today: t('today', { used, limit, waiting }),
    hasRoom,
    hindrance(pictures) {
      if (left >= pictures) return '';
      if (left > 0) return t('tooMany', { left, limit, used, waiting });
      // What waits comes first: when there is room after that nobody knows.
      return t('usedUp', { limit, used, waiting, hasRoom: waiting > 0 ? '' : hasRoom });
    },
    notEnough: (pictures) => (left > 0 && left < pictures ? t('notEnough', { left, limit }) : ''),
  };
}

/** How much of the budget of pictures is used. It has its place before that is known, so that nothing moves. */
export function BudgetLine({ className = '' }: { className?: string }) {
  const t = useTranslations('budget');
  const { today } = useBudgetWords();
  return (
    <p
      title={t('hint')}
      data-testid="budget"
      className={`hidden min-h-[1lh] text-small text-muted tabular-nums in-[[data-budget]]:block ${className}`}
    >
      {today}
    </p>
  );
}

/** On a phone, where the cards of what waits are below the form: how many wait, and until when. */
export function WaitingLine() {
  const t = useTranslations('turn');
  const locale = useLocale();
  const { count, at } = useOwnTurns();
  if (count === 0) return null;
  return (
    <p className="mb-2 text-small text-muted tabular-nums wide:hidden" data-testid="waiting">
      {t('waits', { count, time: formatMoment(Math.max(at, Date.now()), locale) })}
    </p>
  );
}

/** How much of a model's rate is used by everybody, and how many wait, of them one's own; empty where it has no line. */
export function useLineWords(model: string): string {
  const t = useTranslations('turn');
  const line = useLine(model);
  const own = useOwnWaiting(model);
  if (!line) return '';
  const { rate, used, waiting } = line;
  return t('line', {
    used: Math.min(used, rate.requests),
    limit: rate.requests,
    ...wholeUnits(rate.seconds),
    waiting,
    own,
  });
}
