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
        if (canvas.current) drawToFill(canvas.current, painted.bitmap);
        painted.bitmap.close();
      },
    });
  }, [hash, pixels]);
  useEffect(() => {
    const { current: element } = canvas;
    return () => {
      // Its pixels go at once: the collector does not see how many they are, and scrolling leaves many behind.
      if (element) element.width = 0;
    };
  }, []);
  return (
    <>
      <canvas
        ref={canvas}
        width={1}
        height={1}
        className="absolute inset-0 size-full object-cover"
      />
      {trouble && <Trouble kind={trouble} />}
    </>
  );
}

function Trouble({ kind }: { kind: 'gone' | 'undecodable' }) {
  const t = useTranslations('picture');
  return (
    <span
      title={t(kind === 'gone' ? 'gone' : 'unreadable')}
      className="absolute inset-0 grid place-items-center bg-place text-error"
    >
      <AlertIcon size={18} aria-hidden />
    </span>
  );
}

/** How far an element is from the middle of the window. */
function distanceOf(element: HTMLElement | null): number {
  if (!element) return Number.POSITIVE_INFINITY;
  const { left, top, width, height } = element.getBoundingClientRect();
  return Math.hypot(left + width / 2 - innerWidth / 2, top + height / 2 - innerHeight / 2);
}

/**
 * Draws a picture so that it fills a canvas, cut at its longer side, at the size at which it is seen: the
 * browser then moves it like any other part of the page, and scales nothing while it is scrolled.
 */
function drawToFill(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio));
  canvas.height = Math.max(1, Math.round(canvas.clientHeight * devicePixelRatio));
  const scale = Math.max(canvas.width / bitmap.width, canvas.height / bitmap.height);
  const [width, height] = [bitmap.width * scale, bitmap.height * scale];
  const context = canvas.getContext('2d');
  context?.drawImage(
    bitmap,
    (canvas.width - width) / 2,
    (canvas.height - height) / 2,
    width,
    height,
  );
  canvas.dataset.painted = '';
}
