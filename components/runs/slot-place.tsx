import type { ReactNode } from 'react';
import { captionLook } from '../controls/picture-caption';

/** A place in a run's grid that has no picture, in the shape and height that one would have. */
export function SlotPlace({
  aspect,
  look = '',
  caption,
  children,
}: {
  aspect: number;
  look?: string;
  /** Stands where a picture's facts would. */
  caption?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div data-testid="place" className="@container min-w-0">
      <div
        style={{ aspectRatio: aspect }}
        className={`grid w-full place-items-center overflow-hidden rounded-large bg-place p-4 text-center break-words ${look}`}
      >
        {children}
      </div>
      {/* Empty too it keeps its height, so that nothing moves when a picture comes. */}
      <div className={captionLook}>
        <p className="py-1 font-mono text-small text-muted">{caption}</p>
      </div>
    </div>
  );
}
