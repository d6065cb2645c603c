import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { openMaskStage } from '@/lib/client/canvas/mask-stage';
import type { MaskSession } from '@/lib/client/edit/mask-session';

/** The picture under the mask, and all that pointers do there. */
export function PainterStage({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const stage = useRef<HTMLDivElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLDivElement>(null);
  const outline = useRef<SVGPathElement>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const url = usePictureAddress(session.picture);

  useEffect(() => {
    if (!stage.current || !surface.current || !overlay.current) return;
    if (!outline.current || !cursor.current) return;
    return openMaskStage(session, {
      stage: stage.current,
      surface: surface.current,
      overlay: overlay.current,
      outline: outline.current,
      cursor: cursor.current,
    });
  }, [session]);

  return (
    <div
      ref={stage}
      className="relative min-h-0 flex-1 cursor-crosshair touch-none overflow-hidden select-none [contain:strict]"
    >
      <div
        ref={surface}
        data-testid="mask-surface"
        className="checkerboard absolute top-0 left-0 origin-top-left overflow-hidden"
      >
        {url && (
          // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
          <img
            src={url}
            alt={t('picture')}
            draggable={false}
            decoding="async"
            className="pointer-events-none absolute inset-0 size-full max-w-none [image-rendering:inherit]"
          />
        )}
        <div ref={overlay} className="pointer-events-none absolute top-0 left-0 origin-top-left" />
        <svg
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 size-full overflow-visible"
        >
          <path
            ref={outline}
            fill="rgb(255 255 255 / 0.2)"
            stroke="white"
            strokeWidth="1.5"
            strokeDasharray="5 4"
            vectorEffect="non-scaling-stroke"
            className="origin-top-left drop-shadow-[0_0_1px_black]"
          />
        </svg>
      </div>
      <div
        ref={cursor}
        className="pointer-events-none absolute top-0 left-0 hidden rounded-full border border-white outline-1 outline-black/70 will-change-transform [contain:strict]"
      />
    </div>
  );
}

function usePictureAddress(picture: Blob): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return url;
}
