import { type RefObject, useEffect, useEffectEvent } from 'react';
import { isDialogOpen, isTextField, usesCommandKey } from '../ui/keyboard';

/**
 * Alt+↑ and Alt+↓ go from message to message, from the text box as well: up from it to the newest one,
 * and down from the newest one back to it.
 */
export function useMessageKeys(
  transcript: RefObject<HTMLElement | null>,
  box: RefObject<HTMLTextAreaElement | null>,
): void {
  const go = useEffectEvent((step: -1 | 1) => {
    const messages = [...(transcript.current?.querySelectorAll('article') ?? [])];
    const focused = document.activeElement;
    const top = transcript.current?.getBoundingClientRect().top ?? 0;
    const now = messages.findIndex((one) => one.contains(focused));
    const fromBox = step === -1 ? messages.at(-1) : undefined;
    const nearTop = (one: HTMLElement) => (one.getBoundingClientRect().top - top) * step > 24;
    const seen = step === -1 ? messages.findLast(nearTop) : messages.find(nearTop);
    const next = now !== -1 ? messages[now + step] : focused === box.current ? fromBox : seen;
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: 'start' });
    } else if (step === 1) box.current?.focus();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing, target } = event;
      if (key !== 'ArrowUp' && key !== 'ArrowDown') return;
      if (!altKey || ctrlKey || metaKey || shiftKey || isComposing) return;
      if (event.defaultPrevented || isDialogOpen()) return;
      const step = key === 'ArrowUp' ? -1 : 1;
      if (isTextField(target) && isKeyOf(target as HTMLElement, step)) return;
      event.preventDefault();
      go(step);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

/**
 * Whether a field uses the keys itself: they open a list of choices, and on a Mac they move the caret
 * by a paragraph. There they leave a text only from its first or last place.
 */
function isKeyOf(field: HTMLElement, step: -1 | 1): boolean {
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return true;
  if (!usesCommandKey()) return false;
  const { selectionStart, selectionEnd, value } = field;
  return step === -1 ? selectionEnd !== 0 : selectionStart !== value.length;
}
