'use client';
import { useTranslations } from 'use-intl/react';
import type { Card } from '@/lib/core/gallery/card';
import { useTileWords } from './tile-words';
import { useOpenCard } from './use-open-card';

/** What is being made at this moment; a click leads to it. */
export function UnderWay({ cards }: { cards: readonly Card[] }) {
  const t = useTranslations('gallery');
  const words = useTileWords();
  const openCard = useOpenCard();
  if (cards.length === 0) return null;
  return (
    <section aria-label={t('underWay')} className="pt-3 max-wide:px-2">
      <h2 className="pb-2 font-medium">{t('underWay')}</h2>
      <ul className="flex gap-1.5 overflow-x-auto pb-1">
        {cards.map((card) => (
          <li key={card.id}>
            <button
              type="button"
              onClick={() => void openCard(card)}
              className="flex h-24 w-40 shrink-0 breathe flex-col justify-between rounded-[3px] bg-place p-2 text-left text-small"
            >
              <span className="line-clamp-3">{card.title || t('untitled')}</span>
              <span className="text-muted">{words.model(card.model)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
