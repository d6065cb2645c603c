'use client';
import { useTranslations } from 'use-intl/react';
import type { Incoming } from '@/lib/client/chat/chat-intake-store';
import { SpinnerIcon } from '../ui/icons';

/** Pictures that are still being read, in the places that they will have. */
export function PendingThumbs({ pending }: { pending: readonly Incoming[] }) {
  const t = useTranslations('chat');
  return pending.map(({ id, name }) => (
    <li key={id} className="grid size-16 animate-breathe place-items-center rounded-small bg-place">
      <SpinnerIcon size={16} aria-hidden className="animate-spin text-muted" />
      <span className="sr-only">{t('reading', { name })}</span>
    </li>
  ));
}
