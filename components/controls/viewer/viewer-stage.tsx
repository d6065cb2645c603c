import { type ReactNode, type RefObject, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { pixelsShownFrom } from '@/lib/core/pictures/pan-zoom';
import type { Size } from '@/lib/core/sizes/sizes';
import { ChevronLeftIcon, ChevronRightIcon } from '../../ui/icons';
import { type PanZoom, useGestures } from './use-pan-zoom';

export interface ViewerPicture {
  id: string;
  /** Where it stands, such as "2 of 4 · run 3 of 50"; empty for one alone. */
  position: string;
  /** Home and End go to the first and the last of a group. */
  group: string;
  /** What it was asked for with. */
  prompt: string;
  url: string;
  alt: string;
  fileName: string;
  /** Shown below the picture. */
  facts: ReactNode;
  hasAlpha: boolean;
  /** With the EXIF orientation applied; measured on load if unknown. */
  width?: number;
  height?: number;
  getBlob: () => Promise<Blob>;
}

export function ViewerStage({
  ref,
  picture,
  size,
  zoom,
  onMeasured,
  onSwipe,
  children,
}: {
  ref: RefObject<HTMLDivElement | null>;
  picture: ViewerPicture;
  size: Size | undefined;
  zoom: PanZoom;
  onMeasured: (size: Size) => void;
  onSwipe: (direction: 1 | -1) => void;
  /** Buttons over the picture: a pinch may begin on them. */
  children: ReactNode;
}) {
  const t = useTranslations('picture');
  const { handlers, swipe, isDragging } = useGestures(ref, zoom, onSwipe);
  const [brokenId, setBrokenId] = useState<string | null>(null);
  const { view, canPan, isSmooth } = zoom;
  const cursor = canPan ? (isDragging ? 'cursor-grabbing' : 'cursor-grab') : 'cursor-zoom-in';
  return (
    <div
      ref={ref}
      {...handlers}
      className={`relative min-h-0 flex-1 touch-none overflow-hidden select-none ${cursor}`}
    >
      {brokenId === picture.id ? (
        <p className="absolute inset-0 grid place-items-center p-8 text-center text-muted">
          {t('unreadable')}
        </p>
      ) : (
        // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
        <img
          key={picture.id}
          src={picture.url || undefined}
          alt={picture.alt}
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
            onMeasured({ width, height })
          }
          onError={() => setBrokenId(picture.id)}
          // By size and not by `scale`, so that the checkerboard behind it keeps its squares.
          style={{
            width: (size?.width ?? 0) * view.scale,
            height: (size?.height ?? 0) * view.scale,
            translate: `${view.x + swipe}px ${view.y}px`,
            imageRendering: view.scale > pixelsShownFrom ? 'pixelated' : undefined,
          }}
          className={`absolute top-0 left-0 max-w-none ${picture.hasAlpha ? 'checkerboard bg-[#2a2a2a]' : ''} ${
            isSmooth && !isDragging ? 'transition-[width,height,translate] duration-150' : ''
          }`}
        />
      )}
      {children}
    </div>
  );
}

const looks = {
  previous: { Icon: ChevronLeftIcon, side: 'left-2' },
  next: { Icon: ChevronRightIcon, side: 'right-2' },
};

const ends = { previous: 'first', next: 'last' } as const;

/** The button to the previous or next picture. At an end it is inert, but keeps the focus. */
export function ViewerStep({
  to,
  isEnd,
  onStep,
}: {
  to: keyof typeof looks;
  isEnd: boolean;
  onStep: () => void;
}) {
  const t = useTranslations('viewer');
  const { Icon, side } = looks[to];
  return (
    <button
      type="button"
      aria-label={t(to)}
      title={isEnd ? t(ends[to]) : t(to)}
      aria-disabled={isEnd}
      onClick={() => !isEnd && onStep()}
      className={`absolute top-1/2 -mt-5 grid size-10 touch-none place-items-center rounded-full bg-glass text-white transition-[opacity,background-color] hover:bg-black/85 focus-visible:outline-white aria-disabled:cursor-default! aria-disabled:opacity-25 ${side}`}
    >
      <Icon size={20} aria-hidden />
    </button>
  );
}
