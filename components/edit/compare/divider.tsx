import { type CSSProperties, useRef } from 'react';
import { useTranslations } from 'use-intl/react';

export type Divide = ReturnType<typeof useDivide>;

/**
 * Where the line between two pictures is, in percent of the stage from its left edge. It is moved
 * without rendering: the control holds it, and the stage's own style shows it as `--divide`.
 */
export function useDivide() {
  const t = useTranslations('compare');
  const stage = useRef<HTMLDivElement>(null);
  const control = useRef<HTMLInputElement>(null);
  const words = (percent: number) => t('divideValue', { share: percent / 100 });
  const show = (percent: number) => stage.current?.style.setProperty('--divide', `${percent}%`);
  const follow = () => {
    const percent = control.current?.valueAsNumber ?? 50;
    control.current?.setAttribute('aria-valuetext', words(percent));
    show(percent);
  };
  return {
    stage,
    control,
    words,
    follow,
    /** Moves it, as far as the stage goes. */
    moveBy(percent: number) {
      if (!control.current) return;
      // The control keeps it within its ends.
      control.current.valueAsNumber += percent;
      follow();
    },
    /** Shows the left picture everywhere, or both again. */
    hold(isHeld: boolean) {
      if (isHeld) show(100);
      else follow();
    },
  };
}

const middle = 50;

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
        aria-valuetext={divide.words(middle)}
        min={0}
        max={100}
        step={0.1}
        defaultValue={middle}
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
