'use client';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { dragPicture, type KeptPicture } from '@/lib/client/pictures/dragged-picture';
import type { ImageHeader } from '@/lib/core/bytes/image-header';
import type { PictureExpectation } from '@/lib/core/pictures/stored-picture';
import { TrashIcon } from '../ui/icons';
import { PictureFacts } from './picture-facts';
import { CopyPictureButton, DownloadLink } from './save-picture';

/** A picture with its buttons, and its facts below. */
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
  dragged,
  onOpen,
  onDelete,
}: {
  /** Address of the file itself. */
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
  /** What is dropped where this is dragged to; absent: nothing that a page would take. */
  dragged?: KeptPicture;
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
      onDragStart={({ dataTransfer }) => dragged && dragPicture(dataTransfer, dragged)}
      className={`h-auto w-full rounded-large bg-place object-contain ${header?.hasAlpha ? 'checkerboard' : ''}`}
    />
  );
  return (
    // A grid places the buttons over the picture or beside its facts without changing their order.
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

/**
 * The buttons of a picture. With a mouse they lie over its lower edge and show on hover and focus; without
 * one they stand beside or below its facts, so that they cover nothing. Narrow pictures show icons only.
 */
function PictureActions({
  url,
  fileName,
  getBlob,
  more,
  onDelete,
}: {
  url: string;
  fileName: string;
  getBlob: (() => Promise<Blob>) | undefined;
  /** Further buttons, in the look that they are given. */
  more: ((look: string) => ReactNode) | undefined;
  onDelete: (() => void) | undefined;
}) {
  const t = useTranslations('picture');
  const button =
    'inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-small bg-glass px-2 text-small text-white backdrop-blur-sm transition-colors hover:bg-black/85 focus-visible:outline-white pointer-coarse:justify-center pointer-events-auto no-hover:size-8 no-hover:justify-center no-hover:bg-transparent no-hover:px-0 no-hover:text-muted no-hover:backdrop-blur-none';
  return (
    <div className="pointer-events-none relative col-span-full row-start-1 flex flex-wrap items-end gap-1.5 self-end p-2 opacity-0 transition-opacity group-hover:opacity-100 group-has-data-note:opacity-100 group-has-focus-visible:opacity-100 *:data-note:pointer-events-auto @max-[250px]:[&_button>span]:sr-only @max-[420px]:[&>a>span]:sr-only no-hover:row-start-3 no-hover:-mx-2 no-hover:gap-1 no-hover:p-0 no-hover:opacity-100 no-hover:@min-[330px]:not-has-data-note:col-[2] no-hover:@min-[330px]:not-has-data-note:row-start-2 no-hover:@min-[330px]:not-has-data-note:mt-1 no-hover:@min-[330px]:not-has-data-note:self-start no-hover:[&_button>span]:sr-only no-hover:[&>a>span]:sr-only">
      <DownloadLink href={url} fileName={fileName} className={button} />
      {getBlob && (
        <CopyPictureButton
          // On a finger's narrow tiles four have room; the full view has it as well.
          className={`${button} no-hover:@max-[200px]:hidden @max-[420px]:[&>span]:sr-only`}
          getBlob={getBlob}
          download={{ href: url, fileName }}
        />
      )}
      {more?.(button)}
      {onDelete && (
        <button
          type="button"
          aria-label={t('delete')}
          title={t('delete')}
          className={`${button} ml-auto`}
          onClick={onDelete}
        >
          <TrashIcon size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}
