'use client';
import { useTranslations } from 'use-intl/react';
import { changeDraft } from '@/lib/client/chat/composer-store';
import { useConversations } from '@/lib/client/chat/use-conversations';
import { IdeaList } from '../controls/idea-list';

/** Ideas to begin with, each with the colours that it calls to mind. */
const ideas = [
  { name: 'mascot', art: 'radial-gradient(circle at 35% 35%, #ffe6b0, #f2a65a 55%, #7a4419)' },
  { name: 'series', art: 'linear-gradient(120deg, #0f4c5c 34%, #e36414 34% 67%, #fb8b24 67%)' },
  { name: 'room', art: 'linear-gradient(180deg, #e9e4d8 58%, #b08968 58%)' },
  { name: 'poster', art: 'radial-gradient(circle at 70% 30%, #ff9f9f, #5b2a86 70%)' },
] as const;

/** What an empty conversation shows. */
export function EmptyChat() {
  const t = useTranslations('chat.empty');
  const openId = useConversations((state) => state.openId);
  return (
    <div className="m-auto w-full py-6">
      <h2 className="font-semibold text-huge tracking-tight">{t('title')}</h2>
      <p className="mt-1 max-w-[60ch] text-muted">{t('text')}</p>
      <IdeaList
        ideas={ideas.map(({ name, art }) => ({
          name: t(`ideas.${name}.name`),
          prompt: t(`ideas.${name}.prompt`),
          art,
        }))}
        onChoose={(prompt) => {
          if (openId === null) return;
          // What is written already stays.
          changeDraft(openId, ({ text }) => ({
            text: text.trim() === '' ? prompt : `${text}\n${prompt}`,
          }));
          document.querySelector<HTMLElement>('[data-testid="composer"]')?.focus();
        }}
      />
    </div>
  );
}
