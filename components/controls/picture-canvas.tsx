'use client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { tilePictures } from '@/lib/client/gallery/tile-pictures';
import { AlertIcon } from '../ui/icons';

/** A picture's size is rounded up to this many pixels, so that small changes draw nothing anew. */
const step = 64;

/** A stored picture, read and decoded in a worker, and drawn to fill its place. */
export function PictureCanvas({
  hash,
  height,
  distance,
}: {
  hash: string;
  /** In CSS pixels. */
  height: number;
  /** How far it is from being looked at; the nearest is drawn first. Else what the page tells. */
  distance?: () => number;
}) {
  const t = useTranslations('picture');
  const canvas = useRef<HTMLCanvasElement>(null);
  const [trouble, setTrouble] = useState<'gone' | 'undecodable' | null>(null);
  const pixels = Math.ceil((height * globalThis.devicePixelRatio) / step) * step;
  const ask = useEffectEvent(() => (distance ? distance() : distanceOf(canvas.current)));
  useEffect(() => {
    setTrouble(null);
    return tilePictures.want({
      hash,
      height: pixels,
      distance: () => ask(),
      onPainted: (painted) => {
        if ('trouble' in painted) return setTrouble(painted.trouble);
        const element = canvas.current;
        if (!element) return painted.bitmap.close();
        element.width = painted.bitmap.width;
        element.height = painted.bitmap.height;
        element.getContext('bitmaprenderer')?.transferFromImageBitmap(painted.bitmap);
        element.dataset.painted = '';
      },
    });
  }, [hash, pixels]);
  return (
    <>
      <canvas
        ref={canvas}
        width={1}
        height={1}
        className="absolute inset-0 size-full object-cover"
      />
      {trouble && (
        <span
          title={t(trouble === 'gone' ? 'gone' : 'unreadable')}
          className="absolute inset-0 grid place-items-center bg-place text-error"
        >
          <AlertIcon size={18} aria-hidden />
        </span>
      )}
    </>
  );
}

/** How far an element is from the middle of the window. */
function distanceOf(element: HTMLElement | null): number {
  if (!element) return Number.POSITIVE_INFINITY;
  const { left, top, width, height } = element.getBoundingClientRect();
  return Math.hypot(left + width / 2 - innerWidth / 2, top + height / 2 - innerHeight / 2);
}
