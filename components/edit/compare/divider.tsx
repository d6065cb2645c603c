import type { CSSProperties } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Divide } from './use-divide';

const start = 50;

/**
 * The line between both pictures: a native range control, so that mouse, finger and keyboard move it.
 * Its thumb is as high as the stage, and nothing else of it takes the pointer.
 */
export function Divider({
  divide,
  height,
}: {
  divide: Divide;
  /** Of the stage, in CSS pixels. */
  height: number;
}) {
  const t = useTranslations('compare');
  return (
    <>
      <input
        ref={divide.control}
        type="range"
        data-testid="compare-slider"
        aria-label={t('divide')}
        aria-valuetext={divide.words(start)}
        min={0}
        max={100}
        step={0.1}
        defaultValue={start}
        onInput={divide.follow}
        // Else the stage would take it for its own, and move the picture.
        onPointerDown={(event) => event.stopPropagation()}
        style={{ '--height': `${height}px` } as CSSProperties}
        // Wider than the stage by its thumb, whose middle so reaches both edges.
        className="peer pointer-events-none absolute inset-y-0 -left-[22px] z-10 m-0 h-full w-[calc(100%+44px)] touch-none appearance-none bg-transparent opacity-0 [&::-moz-range-thumb]:pointer-events-auto [&::-moz-range-thumb]:h-(--height) [&::-moz-range-thumb]:w-[44px] [&::-moz-range-thumb]:cursor-ew-resize [&::-webkit-slider-thumb]:pointer-events-auto [&::-webkit-slider-thumb]:h-(--height) [&::-webkit-slider-thumb]:w-[44px] [&::-webkit-slider-thumb]:cursor-ew-resize [&::-webkit-slider-thumb]:appearance-none"
      />
      <div
        aria-hidden
        className="pointer-events-none absolute inset-y-0 left-(--divide) -ml-px w-0.5 bg-white shadow-[0_0_0_1px_rgb(0_0_0/0.35)] peer-focus-visible:*:outline-3"
      >
        <span className="absolute top-1/2 -mt-5 -ml-[19px] grid size-10 place-items-center rounded-full bg-white text-black shadow-floating outline-offset-2 outline-accent">
          ‹ ›
        </span>
      </div>
    </>
  );
}
