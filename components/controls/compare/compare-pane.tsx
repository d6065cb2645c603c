import { type ReactNode, useRef } from 'react';
import { pixelsShownFrom } from '@/lib/core/pictures/pan-zoom';
import { containedIn } from '@/lib/core/pictures/viewer-geometry';
import { formatSize, type Size } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { type PanZoom, useGestures } from '../viewer/use-pan-zoom';

/** One of the pictures that are compared. */
export interface ComparedPicture {
  id: string;
  /** `undefined`: it is being looked up; null: it is not kept any more. */
  url: string | null | undefined;
  /** What it is called above it. */
  title: string;
  alt: string;
  /** As its file has it; undefined if its header does not tell. */
  size: Size | undefined;
  /** Laid over it, in the same box. */
  overlay?: (box: Size, zoom: PanZoom) => ReactNode;
}

/** A dark ground for pictures, under mouse, wheel and fingers. Several may share one zoom. */
export function ComparePane({
  zoom,
  onSwipe,
  children,
}: {
  zoom: PanZoom;
  onSwipe: (direction: 1 | -1) => void;
  children: ReactNode;
}) {
  const pane = useRef<HTMLDivElement>(null);
  const { handlers, isDragging } = useGestures(pane, zoom, onSwipe);
  const cursor = zoom.canPan ? (isDragging ? 'cursor-grabbing' : 'cursor-grab') : 'cursor-zoom-in';
  return (
    <div
      ref={pane}
      {...handlers}
      data-testid="compare-pane"
      className={`relative min-h-0 min-w-0 flex-1 basis-0 touch-none overflow-hidden select-none ${cursor}`}
    >
      {children}
    </div>
  );
}

// Between a picture's corner and its title.
const titleGap = 8;
const leastTitle = 150;

/** Which picture it is, and how large its file is: in the corner of what is seen of the picture. */
export function PaneTitle({
  picture,
  side,
  box,
  isStretched,
  zoom: { view },
  pane,
}: Laid & { side: 'left' | 'right'; pane: Size }) {
  const place = containedIn(box, (!isStretched && picture.size) || box);
  const left = Math.max(0, view.x + place.x * view.scale);
  const right = Math.min(pane.width, view.x + (place.x + place.width) * view.scale);
  const top = Math.max(0, view.y + place.y * view.scale);
  return (
    <p
      data-testid="compare-title"
      style={{
        top: top + titleGap,
        // Two fit beside each other, and in a small pane the words stay readable.
        maxWidth: Math.max(
          Math.min(right - left - 2 * titleGap, leastTitle),
          (right - left) / 2 - titleGap,
        ),
        ...(side === 'left' ? { left: left + titleGap } : { right: pane.width - right + titleGap }),
      }}
      className={`pointer-events-none absolute rounded-small bg-glass px-2 py-1 text-small text-white ${side === 'left' ? '' : 'text-right'}`}
    >
      {picture.title}
      {picture.size && (
        <>
          {' '}
          <span className="inline-block whitespace-nowrap font-mono opacity-85">
            · {formatSizeForPeople(formatSize(picture.size))}
          </span>
        </>
      )}
    </p>
  );
}

/** How the pictures are laid out. */
export interface Layout {
  /** What all are laid into, at 100 %. */
  box: Size;
  zoom: PanZoom;
  /** To the box's shape, from which rounding took it; else its own shape is kept. */
  isStretched: boolean;
}

interface Laid extends Layout {
  picture: ComparedPicture;
}

/** A picture laid into the box that all share, whatever its own size. */
export function ComparedImage({ picture, box, isStretched, zoom: { view } }: Laid) {
  if (!picture.url) return null;
  return (
    // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
    <img
      src={picture.url}
      alt={picture.alt}
      draggable={false}
      decoding="async"
      style={{
        width: box.width * view.scale,
        height: box.height * view.scale,
        translate: `${view.x}px ${view.y}px`,
        imageRendering: view.scale > pixelsShownFrom ? 'pixelated' : undefined,
      }}
      className={`checkerboard absolute top-0 left-0 max-w-none bg-[#2a2a2a] ${isStretched ? 'object-fill' : 'object-contain'}`}
    />
  );
}
