import { useTranslations } from 'use-intl/react';
import { pairLayout } from '@/lib/core/experiments/judging/pair-layout';
import type { Size } from '@/lib/core/sizes/sizes';
import type { DecodedPicture } from './use-decoded-pictures';
import type { DecodedPair } from './use-pairs';

const gap = 12;

/**
 * Two pictures of one height, side by side or one above the other. Neither has a name, a format or a size
 * that would tell where it is from.
 */
export function PairView({
  pair,
  area,
  isStacked,
  isCropped,
}: {
  pair: DecodedPair;
  /** The room for both, in CSS pixels. */
  area: Size;
  isStacked: boolean;
  /** Whether both get one shape. */
  isCropped: boolean;
}) {
  const t = useTranslations('judging.picture');
  const sizes = pairLayout([pair.left.size, pair.right.size], { area, gap, isStacked, isCropped });
  return (
    <div
      style={{ gap }}
      className={`flex min-h-0 flex-1 items-center justify-center ${isStacked ? 'flex-col' : ''}`}
    >
      <Side
        place="left"
        picture={pair.left}
        size={sizes[0]}
        alt={t(isStacked ? 'upper' : 'left')}
      />
      <Side
        place="right"
        picture={pair.right}
        size={sizes[1]}
        alt={t(isStacked ? 'lower' : 'right')}
      />
    </div>
  );
}

function Side({
  place,
  picture,
  size,
  alt,
}: {
  place: 'left' | 'right';
  picture: DecodedPicture;
  size: Size;
  alt: string;
}) {
  return (
    // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
    <img
      src={picture.url}
      alt={alt}
      data-testid={`judge-${place}`}
      draggable={false}
      style={size}
      className="checkerboard max-w-none bg-[#2a2a2a] object-cover"
    />
  );
}
