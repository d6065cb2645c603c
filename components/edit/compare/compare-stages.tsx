import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react';
import { isSameShape } from '@/lib/core/mask/composite';
import { mapSquare, type OutsideChange } from '@/lib/core/mask/outside-change';
import { pixelsShownFrom } from '@/lib/core/pictures/pan-zoom';
import { containedIn } from '@/lib/core/pictures/viewer-geometry';
import { formatSize, type Size } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { type PanZoom, useGestures } from '../../controls/viewer/use-pan-zoom';
import { type Divide, Divider } from './divider';
import type { ComparedPicture } from './use-compared-pictures';

interface Stages {
  original: ComparedPicture;
  result: ComparedPicture;
  /** What both are laid into, at 100 %. */
  box: Size;
  zoom: PanZoom;
  /** The size of a stage, in CSS pixels. */
  pane: Size;
  /** What is marked as changed. */
  change: OutsideChange | undefined;
  onSwipe: (direction: 1 | -1) => void;
}

const paneGap = 2;

// React leaves it alone from then on, since it never changes here.
const startsInTheMiddle = { '--divide': '50%' } as CSSProperties;

/** Whether the two differ by rounding only, so that stretching one lays it exactly on the other. */
const isStretched = ({ original, result }: Stages) =>
  original.size !== undefined && result.size !== undefined
    ? isSameShape(original.size, result.size)
    : false;

/** One over the other: left of a line the original, right of it the result. */
export function SliderStage({ divide, ...stages }: Stages & { divide: Divide }) {
  const { original, result, box, zoom, pane, change, onSwipe } = stages;
  const shared = { box, zoom, pane, isStretched: isStretched(stages) };
  return (
    <div ref={divide.stage} className="group absolute inset-0 flex" style={startsInTheMiddle}>
      <ComparePane zoom={zoom} onSwipe={onSwipe}>
        <div className="absolute inset-0 [clip-path:inset(0_calc(100%-var(--divide))_0_0)]">
          <ComparedImage picture={original} {...shared} />
          <PaneTitle picture={original} side="left" {...shared} />
        </div>
        <div className="absolute inset-0 [clip-path:inset(0_0_0_var(--divide))]">
          <ComparedImage picture={result} {...shared} />
          {change && <ChangeMap change={change} box={box} zoom={zoom} />}
          <PaneTitle picture={result} side="right" {...shared} />
        </div>
        <Divider divide={divide} />
      </ComparePane>
    </div>
  );
}

/** Beside each other, or above: the same part of both, at the same size. */
export function SideBySide({ isStacked, ...stages }: Stages & { isStacked: boolean }) {
  const { original, result, box, zoom, pane, change, onSwipe } = stages;
  const shared = { box, zoom, pane, isStretched: isStretched(stages) };
  return (
    <div
      className={`absolute inset-0 flex bg-line *:bg-[#0b0b0b] ${isStacked ? 'flex-col' : ''}`}
      style={{ gap: paneGap }}
    >
      <ComparePane zoom={zoom} onSwipe={onSwipe}>
        <ComparedImage picture={original} {...shared} />
        <PaneTitle picture={original} side="left" {...shared} />
      </ComparePane>
      <ComparePane zoom={zoom} onSwipe={onSwipe}>
        <ComparedImage picture={result} {...shared} />
        {change && <ChangeMap change={change} box={box} zoom={zoom} />}
        <PaneTitle picture={result} side="left" {...shared} />
      </ComparePane>
    </div>
  );
}

/** The size of one of two panes; they lie above each other where the room is higher than wide. */
export function paneSize(area: Size): Size & { isStacked: boolean } {
  const isStacked = area.height > area.width;
  const half = (length: number) => (length - paneGap) / 2;
  return {
    width: isStacked ? area.width : half(area.width),
    height: isStacked ? half(area.height) : area.height,
    isStacked,
  };
}

/** A dark ground for pictures, under mouse, wheel and fingers. Several may share one zoom. */
function ComparePane({
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

/** Which picture it is, and how large its file is: in the corner of what is seen of the picture. */
function PaneTitle({
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
        // Both fit beside each other.
        maxWidth: Math.max(0, (right - left) / 2 - titleGap),
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

interface Laid {
  picture: ComparedPicture;
  /** At 100 %. */
  box: Size;
  /** To the box's shape, from which rounding took it; else its own shape is kept. */
  isStretched: boolean;
  zoom: PanZoom;
}

/** A picture laid into the box that both share, whatever its own size. */
function ComparedImage({ picture, box, isStretched, zoom: { view } }: Laid) {
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

const markColour = [255, 45, 111];

/** Marks where an edit changed something outside its mask: the more of a square, the stronger. */
function ChangeMap({
  change: { map, size },
  box,
  zoom: { view },
}: {
  change: Pick<OutsideChange, 'map' | 'size'>;
  box: Size;
  zoom: PanZoom;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const data = new ImageData(map.columns, map.rows);
    map.changed.forEach((share, index) => {
      // What changed only a little must be seen as well.
      const alpha = share === 0 ? 0 : 90 + share * 0.45;
      data.data.set([...markColour, alpha], index * 4);
    });
    canvas.current?.getContext('2d')?.putImageData(data, 0, 0);
  }, [map]);
  // The last squares of a row may reach beyond the picture.
  const across = (map.columns * mapSquare) / size.width;
  const down = (map.rows * mapSquare) / size.height;
  return (
    <canvas
      ref={canvas}
      data-testid="change-map"
      width={map.columns}
      height={map.rows}
      style={{
        width: box.width * view.scale * across,
        height: box.height * view.scale * down,
        translate: `${view.x}px ${view.y}px`,
        imageRendering: 'pixelated',
      }}
      className="pointer-events-none absolute top-0 left-0 max-w-none"
    />
  );
}
