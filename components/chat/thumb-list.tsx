'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { AttachedPicture } from '@/lib/core/chat/message';
import { CloseIcon } from '../ui/icons';
import { PictureThumb } from './picture-thumb';

/** The pictures of a message that is being written; each can be taken out. */
export function ThumbList({
  pictures,
  onRemove,
  children,
}: {
  pictures: readonly AttachedPicture[];
  onRemove: (id: string) => void;
  /** Further items, such as those that are still being read. */
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
