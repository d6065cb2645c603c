'use client';
import { useContext } from 'react';
import { useTranslations } from 'use-intl/react';
import { namePicture, wordsFor } from '@/lib/client/chat/name-picture';
import { largeBytes } from '@/lib/client/pictures/copy-sizes';
import { requirePicture } from '@/lib/client/pictures/picture-files';
import { loadPreview } from '@/lib/client/pictures/thumbnails';
import { useBlobUrl, usePictureUrl } from '@/lib/client/pictures/use-picture-url';
import { type AnswerPicture, pictureKey } from '@/lib/core/chat/message';
import type { PictureExpectation } from '@/lib/core/pictures/picture-facts';
import { uprightSize } from '@/lib/core/pictures/picture-facts';
import { aspectOf } from '@/lib/core/sizes/size-shapes';
import { PictureCard } from '../controls/picture-card';
import { OpenPicture } from './open-picture';
import { PictureTools } from './picture-tools';
import { pictureWidth } from './picture-width';

// A 4K picture takes 60 MB once it is decoded; twenty of them whole would be felt.
const largePixels = 4_000_000;
const loadNothing = async () => undefined;

/** A picture of an answer, from where it is kept. */
export function AnswerPictureView({
  answerId,
  index,
  picture,
  expected,
}: {
  answerId: string;
  index: number;
  picture: AnswerPicture;
  expected: PictureExpectation;
}) {
  const t = useTranslations('chat');
  const words = useTranslations('picture');
  const openPicture = useContext(OpenPicture);
  const { hash, byteLength, header, isTransparent } = picture;
  const size = header && uprightSize(header);
  const isLarge = byteLength > largeBytes || (size?.width ?? 0) * (size?.height ?? 0) > largePixels;
  const url = usePictureUrl(hash);
  const previewUrl = useBlobUrl(hash, isLarge ? loadPreview : loadNothing);
  const aspect = size ? size.width / size.height : aspectOf(expected.size ?? '');
  const width = pictureWidth(aspect);
  if (!url || (isLarge && !previewUrl)) {
    return (
      <div
        style={{ aspectRatio: aspect, width }}
        className="grid max-w-full place-items-center rounded-large bg-place p-4 text-center text-muted"
      >
        {url === null && words('gone')}
      </div>
    );
  }
  const fileName = namePicture({ messageId: answerId, index, format: header?.format });
  return (
    <div style={{ width }} className="max-w-full">
      <PictureCard
        url={url}
        shownUrl={previewUrl ?? url}
        byteLength={byteLength}
        header={header}
        expected={expected}
        isTransparent={isTransparent}
        alt={t('pictureOf', { text: wordsFor(answerId).slice(0, 200) })}
        fileName={fileName}
        getBlob={() => requirePicture(hash)}
        more={(look) =>
          header && (
            <PictureTools className={look} picture={{ hash, byteLength, header, name: fileName }} />
          )
        }
        onOpen={() => openPicture(pictureKey(answerId, index))}
      />
    </div>
  );
}
