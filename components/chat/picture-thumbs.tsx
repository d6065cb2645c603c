'use client';
import type { RefObject } from 'react';
import { useTranslations } from 'use-intl/react';
import { detachPicture } from '@/lib/client/chat/composer-store';
import type { AttachedPicture } from '@/lib/core/chat/message';
import { PictureThumb } from '../controls/picture-thumb';
import { CloseIcon, SpinnerIcon } from '../ui/icons';

/** The pictures attached to a draft, each with a button that removes it, and those still being read. */
export function ThumbList({
  draft,
  pictures,
  pending,
  box,
}: {
  /** Its key. */
  draft: string;
  pictures: readonly AttachedPicture[];
  pending: readonly { id: string; name: string }[];
  /** Takes the focus when a picture goes. */
  box: RefObject<HTMLTextAreaElement | null>;
}) {
  const t = useTranslations('references');
  const chat = useTranslations('chat');
  if (pictures.length === 0 && pending.length === 0) return null;
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
            onClick={() => {
              detachPicture(draft, picture.id);
              box.current?.focus();
            }}
          >
            <span className="grid size-[18px] place-items-center rounded-full bg-text text-panel">
              <CloseIcon size={11} aria-hidden />
            </span>
          </button>
        </li>
      ))}
      {pending.map(({ id, name }) => (
        <li key={id} className="grid size-16 breathe place-items-center rounded-small bg-place">
          <SpinnerIcon size={16} aria-hidden className="animate-spin text-muted" />
          <span className="sr-only">{chat('reading', { name })}</span>
        </li>
      ))}
    </ul>
  );
}
