'use client';
import { useTranslations } from 'use-intl/react';
import { changeDraft } from '@/lib/client/stores/composer';
import { useConversations } from '@/lib/client/stores/use-conversations';

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
      <ul className="mt-5 grid grid-cols-2 gap-2.5 max-[520px]:grid-cols-1">
        {ideas.map(({ name, art }) => (
          <li key={name}>
            <button
              type="button"
              className="flex size-full items-start gap-3 rounded-large border border-line bg-panel p-3 text-left transition-[border-color,box-shadow] hover:border-line-strong hover:shadow-floating"
              onClick={() => {
                if (openId === null) return;
                changeDraft(openId, () => ({ text: t(`ideas.${name}.prompt`) }));
                document.querySelector<HTMLElement>('[data-testid="composer"]')?.focus();
              }}
            >
              <span
                aria-hidden
                style={{ background: art }}
                className="size-9 shrink-0 rounded-small"
              />
              <span className="min-w-0">
                <span className="block font-medium">{t(`ideas.${name}.name`)}</span>
                <span className="mt-0.5 line-clamp-2 text-muted text-small">
                  {t(`ideas.${name}.prompt`)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
