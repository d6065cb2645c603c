import { type RefObject, useLayoutEffect } from 'react';

/** Lets a text box grow with its text in browsers that lack `field-sizing`. */
export function useGrow(box: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what makes it grow
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || CSS.supports('field-sizing', 'content')) return;
    element.style.height = 'auto';
    const frame = element.offsetHeight - element.clientHeight;
    element.style.height = `${element.scrollHeight + frame}px`;
  }, [box, text]);
}
