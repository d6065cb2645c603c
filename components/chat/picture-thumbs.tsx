'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useBlobUrl } from '@/lib/client/pictures/picture-files';
import { loadThumbnail } from '@/lib/client/pictures/picture-jobs';
import type { AttachedPicture } from '@/lib/core/chat/message';
import { uprightSize } from '@/lib/core/pictures/stored-picture';
import { AlertIcon, CloseIcon, SpinnerIcon } from '../ui/icons';

/** A thumbnail of a stored picture, in the picture's aspect ratio. */
export function PictureThumb({
  picture: { hash, header },
  className,
}: {
  picture: Pick<AttachedPicture, 'hash' | 'header'>;
  className: string;
}) {
  const t = useTranslations('picture');
  const url = useBlobUrl(hash, loadThumbnail);
  const { width = 1, height = 1 } = (header && uprightSize(header)) ?? {};
  return (
    <span
      style={{ aspectRatio: width / height }}
      className={`grid place-items-center overflow-hidden rounded-large bg-place ${className}`}
    >
      {url && (
        // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
        <img
          src={url}
          alt=""
          draggable={false}
          className={`size-full object-cover ${header?.hasAlpha ? 'checkerboard' : ''}`}
        />
      )}
      {url === null && (
        <span title={t('gone')} className="text-error">
          <AlertIcon size={16} aria-hidden />
          <span className="sr-only">{t('gone')}</span>
        </span>
      )}
    </span>
  );
}

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
