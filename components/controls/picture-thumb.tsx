'use client';
import { useTranslations } from 'use-intl/react';
import { useBlobUrl } from '@/lib/client/pictures/picture-files';
import { loadThumbnail } from '@/lib/client/pictures/picture-jobs';
import { type NamedPicture, uprightSize } from '@/lib/core/pictures/stored-picture';
import { AlertIcon } from '../ui/icons';

/** A thumbnail of a stored picture, in the picture's aspect ratio. */
export function PictureThumb({
  picture: { hash, header },
  className,
}: {
  picture: Pick<NamedPicture, 'hash' | 'header'>;
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
