'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { AttachedPicture } from '@/lib/core/chat/message';
import { PictureThumb } from '../controls/picture-thumb';
import { CloseIcon, SpinnerIcon } from '../ui/icons';

/** The pictures attached to a draft, each with a button that removes it. */
export function ThumbList({
  pictures,
  onRemove,
  children,
}: {
  pictures: readonly AttachedPicture[];
  onRemove: (id: string) => void;
  /** Further list items, such as pictures that are still being read. */
  children?: ReactNode;
}) {
  const t = useTranslations('references');
  const chat = useTranslations('chat');
  if (pictures.length === 0 && !children) return null;
  return (
    <ul aria-label={chat('attached')} className="flex flex-wrap gap-2 px-1 pt-1 pb-1.5">
      {pictures.map((picture) => (
        <li key={picture.id} data-testid="ref-thumb" className="relative">
          <PictureThumb picture={picture} className="h-16 w-auto min-w-10 max-w-32 rounded-small" />
          <button
            type="button"
            aria-label={t('remove', { name: picture.name || t('unnamed') })}
            title={t('remove', { name: picture.name || t('unnamed') })}
            className="absolute -top-1.5 -right-1.5 grid size-6 place-items-center rounded-full"
            onClick={() => onRemove(picture.id)}
          >
            <span className="grid size-[18px] place-items-center rounded-full bg-text text-panel">
              <CloseIcon size={11} aria-hidden />
            </span>
          </button>
        </li>
      ))}
      {children}
    </ul>
  );
}

/** Placeholders for pictures that are still being read. */
export function PendingThumbs({ pending }: { pending: readonly { id: string; name: string }[] }) {
  const t = useTranslations('chat');
  return pending.map(({ id, name }) => (
    <li key={id} className="grid size-16 animate-breathe place-items-center rounded-small bg-place">
      <SpinnerIcon size={16} aria-hidden className="animate-spin text-muted" />
      <span className="sr-only">{t('reading', { name })}</span>
    </li>
  ));
}
