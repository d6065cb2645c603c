import type { ReactNode } from 'react';

/** A place in a run's grid that has no picture, in the shape that one would have. */
export function SlotPlace({
  aspect,
  look = '',
  children,
}: {
  aspect: number;
  look?: string;
  children: ReactNode;
}) {
  return (
    <div
      style={{ aspectRatio: aspect }}
      className={`grid w-full place-items-center overflow-hidden rounded-large bg-sunken p-4 text-center break-words ${look}`}
    >
      {children}
    </div>
  );
}
