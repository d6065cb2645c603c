'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { ImageHeader } from '@/lib/core/image-header';
import type { PictureExpectation } from '@/lib/core/picture-facts';
import { DownloadIcon } from '../ui/icons';
import { PictureFacts } from './picture-facts';

/** One picture with its facts and its download. */
export function PictureCard({
  url,
  byteLength,
  header,
  alt,
  fileName,
  expected,
}: {
  url: string;
  byteLength: number;
  header: ImageHeader | undefined;
  alt: string;
  fileName: string;
  expected: PictureExpectation;
}) {
  const t = useTranslations('picture');
  const [isBroken, setBroken] = useState(false);
  return (
    <figure className="min-w-0 animate-appear">
      {isBroken ? (
        <p className="grid aspect-square place-items-center rounded-large bg-sunken p-6 text-center text-muted">
          {t('unreadable')}
        </p>
      ) : (
        // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
        <img
          data-testid="result-image"
          src={url}
          alt={alt}
          width={header?.width}
          height={header?.height}
          decoding="async"
          onError={() => setBroken(true)}
          className={`h-auto w-full rounded-large bg-sunken object-contain ${header?.hasAlpha ? 'checkerboard' : ''}`}
        />
      )}
      <figcaption className="mt-1 flex items-start justify-between gap-2">
        <PictureFacts header={header} byteLength={byteLength} expected={expected} />
        <a
          href={url}
          download={fileName}
          aria-label={t('downloadNamed', { name: fileName })}
          title={t('downloadNamed', { name: fileName })}
          className="-mr-1 inline-flex shrink-0 items-center gap-1.5 rounded-small px-2 py-1 text-small text-muted transition-colors hover:bg-sunken hover:text-text"
        >
          <DownloadIcon size={14} aria-hidden />
          {t('download')}
        </a>
      </figcaption>
    </figure>
  );
}
