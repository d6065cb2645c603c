import {
  type CompositionEvent,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
} from 'react';

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

const sameMomentMs = 50;

/**
 * Handlers for a text box in which Enter sends, with Ctrl or ⌘ too, and Shift+Enter breaks the line. An Enter that
 * belongs to an input method, which chooses the characters with it, never sends.
 */
export function useEnterToSend(onSend: () => void) {
  const composedAt = useRef(Number.NEGATIVE_INFINITY);
  return {
    onCompositionEnd: ({ timeStamp }: CompositionEvent) => {
      composedAt.current = timeStamp;
    },
    onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => {
      const { key, shiftKey, altKey, repeat, timeStamp, nativeEvent } = event;
      if (key !== 'Enter' || shiftKey || altKey) return;
      // 229 is what browsers say of a key that an input method has taken. Safari says that the
      // composition is over before it tells of the Enter that ended it.
      const isComposing = nativeEvent.isComposing || nativeEvent.keyCode === 229;
      if (isComposing || timeStamp - composedAt.current < sameMomentMs) return;
      event.preventDefault();
      if (!repeat) onSend();
    },
  };
}
