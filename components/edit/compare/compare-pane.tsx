import { type ReactNode, useRef } from 'react';
import { formatSize } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/format-size';
import { useGestures } from '../../controls/viewer/use-gestures';
import type { Zoom } from '../../controls/viewer/use-zoom';
import type { ComparedPicture } from './use-compared-pictures';

/** A dark ground for pictures, under mouse, wheel and fingers. Several may share one zoom. */
export function ComparePane({
  zoom,
  onSwipe,
  children,
}: {
  zoom: Zoom;
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

/** Which picture it is, and how large its file is. */
export function PaneTitle({ picture, side }: { picture: ComparedPicture; side: 'left' | 'right' }) {
  return (
    <p
      className={`pointer-events-none absolute top-2 max-w-[46%] rounded-small bg-glass px-2 py-1 text-small text-white ${side === 'left' ? 'left-2' : 'right-2 text-right'}`}
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
