'use client';
import { createContext, type ReactNode, type RefObject, useContext, useRef } from 'react';

const PromptContext = createContext<RefObject<HTMLTextAreaElement | null>>({ current: null });

/** Shares a page's main text box with everything inside, so that any of it can focus the box. */
export function PromptScope({ children }: { children: ReactNode }) {
  return <PromptContext value={useRef(null)}>{children}</PromptContext>;
}

/** The page's main text box: the box itself takes this as its `ref`, everything else focuses it. */
export const usePrompt = () => useContext(PromptContext);
