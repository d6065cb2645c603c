import { useRef } from 'react';
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
