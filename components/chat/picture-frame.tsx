import type { CSSProperties, ReactNode } from 'react';

/**
 * Gives a picture its width in a conversation. All shapes get about the same area, larger ones where the
 * window has room, and none is higher than what is seen at once.
 */
export function PictureFrame({ aspect, children }: { aspect: number; children: ReactNode }) {
  const style = { '--across': Math.sqrt(aspect), '--aspect': aspect } as CSSProperties;
  return (
    <div
      style={style}
      className="w-[min(100%,calc(var(--side)*var(--across)),max(130px,calc(70dvh*var(--aspect))))]"
    >
      {children}
    </div>
  );
}
