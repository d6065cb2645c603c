'use client';
import { useTranslations } from 'use-intl/react';
import { loadThumbnail } from '@/lib/client/pictures/thumbnails';
import { useBlobUrl } from '@/lib/client/pictures/use-picture-url';
import type { AttachedPicture } from '@/lib/core/chat/message';
import { uprightSize } from '@/lib/core/pictures/picture-facts';
import { AlertIcon } from '../ui/icons';

/** A kept picture, small, in its own shape. */
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
