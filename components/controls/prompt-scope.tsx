'use client';
import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useRef,
} from 'react';
import { followWantedPrompt } from '@/lib/client/forms/prompt-focus';
import type { EndpointName } from '@/lib/core/models/model';

const PromptContext = createContext<RefObject<HTMLTextAreaElement | null>>({ current: null });

/** Shares a page's main text box with everything inside, so that any of it can focus the box. */
export function PromptScope({ children }: { children: ReactNode }) {
  return <PromptContext value={useRef(null)}>{children}</PromptContext>;
}

/** The page's main text box: the box itself takes this as its `ref`, everything else focuses it. */
export const usePrompt = () => useContext(PromptContext);

/**
 * Gives the page's main text box the focus when a picture was sent here to be described.
 * @param isReady whether it can be typed into yet
 */
export function useWantedPrompt(page: EndpointName, isReady: boolean): void {
  const box = usePrompt();
  useEffect(() => {
    if (!isReady) return;
    let frame = 0;
    const leave = followWantedPrompt(page, () => {
      // A dialog that closes at the same time gives the focus back first.
      frame = requestAnimationFrame(() => box.current?.focus());
    });
    return () => {
      leave();
      cancelAnimationFrame(frame);
    };
  }, [page, isReady, box]);
}

/** Escape leads from the main text box to the page's results: to the newest, where they take the focus. */
export function leaveAtEscape({ key, nativeEvent }: KeyboardEvent): void {
  if (key !== 'Escape' || nativeEvent.isComposing) return;
  const results = document.querySelector<HTMLElement>('[data-results]');
  const target = results?.querySelector<HTMLElement>('[data-run]') ?? results;
  target?.scrollIntoView({ block: 'nearest' });
  target?.focus({ preventScroll: true });
}
