import { type PointerEvent, useRef } from 'react';
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
    // Without a line all of the right one is seen.
    const percent = control.current?.valueAsNumber ?? 0;
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
      stage.current?.toggleAttribute('data-held', isHeld);
      if (isHeld) show(100);
      else follow();
    },
  };
}

const middle = 50;

/**
 * The line between both pictures, and a grip over its whole height. A native range control that nobody
 * sees stands for it before keyboard and screen readers.
 */
export function Divider({
  divide,
  left,
  right,
}: {
  divide: Divide;
  /** What the pictures are called. */
  left: string;
  right: string;
}) {
  const t = useTranslations('compare');
  /** The pointer that drags, and how far beside the line it took hold, in percent. */
  const drag = useRef<{ id: number; beside: number } | null>(null);
  const percentAt = ({ clientX }: PointerEvent) => {
    const { left = 0, width = 1 } = divide.stage.current?.getBoundingClientRect() ?? {};
    return ((clientX - left) / width) * 100;
  };
  const now = () => divide.control.current?.valueAsNumber ?? middle;
  const follow = (event: PointerEvent) => {
    const { id, beside } = drag.current ?? {};
    if (id === event.pointerId) divide.moveBy(percentAt(event) - (beside ?? 0) - now());
  };
  const end = () => {
    drag.current = null;
  };
  return (
    <>
      <input
        ref={divide.control}
        type="range"
        data-testid="compare-slider"
        aria-label={t('divide', { left, right })}
        aria-valuetext={divide.words(middle)}
        min={0}
        max={100}
        step={0.1}
        defaultValue={middle}
        onInput={divide.follow}
        className="peer pointer-events-none absolute inset-0 m-0 size-full opacity-0"
      />
      <div
        aria-hidden
        className="pointer-events-none absolute inset-y-0 left-(--divide) -ml-px w-0.5 bg-white shadow-[0_0_0_1px_rgb(0_0_0/0.35)] group-data-held:hidden"
      />
      <div
        aria-hidden
        data-grip
        data-testid="compare-grip"
        // At both ends it stays within the stage, wherever the line is.
        className="absolute inset-y-0 left-[clamp(24px,var(--divide),calc(100%-24px))] z-10 -ml-6 grid w-12 cursor-ew-resize place-items-center group-data-held:hidden peer-focus-visible:*:outline-3"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          // A second finger makes a pinch of it: the stage takes both then.
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { id: event.pointerId, beside: percentAt(event) - now() };
          divide.control.current?.focus({ preventScroll: true });
        }}
        onPointerMove={follow}
        onPointerUp={(event) => {
          // The last move may have been told of with a position from before.
          follow(event);
          end();
        }}
        onLostPointerCapture={end}
      >
        <span className="grid size-10 place-items-center rounded-full bg-white text-black shadow-floating outline-offset-2 outline-accent">
          ‹ ›
        </span>
      </div>
    </>
  );
}
