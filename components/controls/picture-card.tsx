'use client';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { ImageHeader } from '@/lib/core/bytes/image-header';
import type { PictureExpectation } from '@/lib/core/pictures/picture-facts';
import { PictureActions } from './picture-actions';
import { PictureFacts } from './picture-facts';

/** One picture with what can be done with it, and its facts below. */
export function PictureCard({
  url,
  shownUrl = url,
  byteLength,
  header,
  alt,
  fileName,
  expected,
  isTransparent,
  getBlob,
  more,
  onOpen,
  onDelete,
}: {
  /** Of the file itself. */
  url: string;
  /** A smaller copy to show if the file is large. */
  shownUrl?: string;
  byteLength: number;
  header: ImageHeader | undefined;
  alt: string;
  fileName: string;
  expected: PictureExpectation;
  isTransparent?: boolean;
  /** With it the picture can be copied. */
  getBlob?: () => Promise<Blob>;
  /** Further buttons beside Download and Copy, in the look that they are given. */
  more?: (look: string) => ReactNode;
  /** Shows the picture large. */
  onOpen?: () => void;
  onDelete?: () => void;
}) {
  const t = useTranslations('picture');
  const [isBroken, setBroken] = useState(false);
  const picture = isBroken ? (
    <span className="grid aspect-square place-items-center rounded-large bg-place p-6 text-center text-muted">
      {t('unreadable')}
    </span>
  ) : (
    // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
    <img
      data-testid="result-image"
      src={shownUrl}
      alt={alt}
      width={header?.width}
      height={header?.height}
      decoding="async"
      onError={() => setBroken(true)}
      className={`h-auto w-full rounded-large bg-place object-contain ${header?.hasAlpha ? 'checkerboard' : ''}`}
    />
  );
  return (
    // A grid, so that the buttons can lie over the picture or beside its facts, wherever they are read.
    <figure className="group @container grid min-w-0 grid-cols-[minmax(0,1fr)_auto] animate-appear">
      <div className="col-span-full row-start-1">
        {onOpen && !isBroken ? (
          <button
            type="button"
            aria-label={t('open', { alt })}
            className="block w-full cursor-zoom-in! rounded-large"
            onClick={onOpen}
          >
            {picture}
          </button>
        ) : (
          picture
        )}
      </div>
      <PictureActions
        url={url}
        fileName={fileName}
        getBlob={isBroken ? undefined : getBlob}
        more={isBroken ? undefined : more}
        onDelete={onDelete}
      />
      <figcaption className="col-start-1 row-start-2 mt-1 min-h-[26px]">
        <PictureFacts
          header={header}
          byteLength={byteLength}
          expected={expected}
          isTransparent={isTransparent}
        />
      </figcaption>
    </figure>
  );
}
