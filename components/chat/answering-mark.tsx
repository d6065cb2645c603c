'use client';
import { useTranslations } from 'use-intl/react';
import { useAnswering } from './use-answering';

/** A dot beside a conversation in which an answer is under way. */
export function AnsweringMark({ conversation }: { conversation: string }) {
  const t = useTranslations('chat');
  if (useAnswering(conversation) === null) return null;
  return (
    <span
      title={t('underWay')}
      className="ml-auto size-1.5 shrink-0 animate-breathe rounded-full bg-accent"
    />
  );
}
