'use client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { tilePictures } from '@/lib/client/gallery/tile-pictures';
import { AlertIcon } from '../ui/icons';

/** A picture's size is rounded up to this many pixels, so that small changes draw nothing anew. */
const step = 64;

/** A stored picture, read and decoded in a worker, and drawn to fill its place. */
export function TileCanvas({
  hash,
  height,
  distance,
}: {
  hash: string;
  /** In CSS pixels. */
  height: number;
  /** How far it is from being looked at; the nearest is drawn first. */
  distance: () => number;
}) {
  const t = useTranslations('gallery');
  const canvas = useRef<HTMLCanvasElement>(null);
  const [trouble, setTrouble] = useState<'gone' | 'undecodable' | null>(null);
  const pixels = Math.ceil((height * globalThis.devicePixelRatio) / step) * step;
  const ask = useEffectEvent(() => distance());
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
          title={t(trouble)}
          className="absolute inset-0 grid place-items-center bg-place text-error"
        >
          <AlertIcon size={18} aria-hidden />
        </span>
      )}
    </>
  );
}
