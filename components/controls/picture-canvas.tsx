'use client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { tilePictures } from '@/lib/client/gallery/tile-pictures';
import { AlertIcon } from '../ui/icons';

/** A picture's size is rounded up to this many pixels, so that small changes draw nothing anew. */
const step = 64;
/** The same where the picture itself is decoded, and the most that is shown of it: a view of them has room. */
const sharpSteps = { step: 512, most: 1536 };

/** A stored picture, read and decoded in a worker, and drawn to fill its place. */
export function PictureCanvas({
  hash,
  height,
  isSharp = false,
  distance,
}: {
  hash: string;
  /** In CSS pixels. */
  height: number;
  /** Whether the picture itself is shown where its small copy has too few pixels. */
  isSharp?: boolean;
  /** How far it is from being looked at; the nearest is drawn first. Else what the page tells. */
  distance?: () => number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [trouble, setTrouble] = useState<'gone' | 'undecodable' | null>(null);
  const pixels = pixelsFor(height * globalThis.devicePixelRatio, isSharp);
  const ask = useEffectEvent(() => (distance ? distance() : distanceOf(canvas.current)));
  const drawn = useRef(0);
  useEffect(() => {
    setTrouble(null);
    if (isSharp && drawn.current >= pixels) return;
    return tilePictures.want({
      hash,
      height: pixels,
      isSharp,
      distance: () => ask(),
      onPainted: (painted) => {
        if ('trouble' in painted) return setTrouble(painted.trouble);
        if (canvas.current) drawToFill(canvas.current, painted.bitmap, isSharp ? pixels : 0);
        drawn.current = isSharp ? pixels : 0;
        painted.bitmap.close();
      },
    });
  }, [hash, pixels, isSharp]);
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

/** How many pixels are wanted of a picture that is shown with so many. */
function pixelsFor(shown: number, isSharp: boolean): number {
  if (!isSharp || shown <= sharpSteps.step) return Math.ceil(shown / step) * step;
  return Math.min(sharpSteps.most, Math.ceil(shown / sharpSteps.step) * sharpSteps.step);
}

/**
 * Draws a picture so that it fills a canvas, cut at its longer side, at the size at which it is seen: the
 * browser then moves it like any other part of the page, and scales nothing while it is scrolled. A canvas of
 * more pixels than the picture has would only take memory.
 * @param wanted for how many pixels of its height it was asked
 */
function drawToFill(canvas: HTMLCanvasElement, bitmap: ImageBitmap, wanted: number): void {
  // As it is seen: a transform may enlarge it.
  const { width: wide, height: high } = canvas.getBoundingClientRect();
  // One that is being enlarged has pixels for what comes.
  const enlarged = wanted >= high * devicePixelRatio + step ? wanted / high : devicePixelRatio;
  const [across, down] = [wide * enlarged, high * enlarged];
  const shrunk = Math.max(1, across / bitmap.width, down / bitmap.height);
  canvas.width = Math.max(1, Math.round(across / shrunk));
  canvas.height = Math.max(1, Math.round(down / shrunk));
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
