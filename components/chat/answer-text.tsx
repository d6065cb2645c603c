'use client';
import { lazy, memo, Suspense, useDeferredValue } from 'react';

// The reader of markdown is not part of the first load of any page.
const Markdown = lazy(() => import('./markdown'));

/** The text of an answer. While it comes, typing elsewhere goes before showing each word of it. */
export const AnswerText = memo(function AnswerText({
  text,
  isLive,
}: {
  text: string;
  isLive: boolean;
}) {
  const shown = useDeferredValue(text);
  if (shown.trim() === '') return null;
  return (
    <div
      data-live={isLive || undefined}
      className="min-w-0 max-w-full break-words text-[14px] leading-[1.6] data-live:[&>:last-child]:after:ml-0.5 data-live:[&>:last-child]:after:inline-block data-live:[&>:last-child]:after:h-[1em] data-live:[&>:last-child]:after:w-[2px] data-live:[&>:last-child]:after:translate-y-[2px] data-live:[&>:last-child]:after:animate-breathe data-live:[&>:last-child]:after:bg-accent data-live:[&>:last-child]:after:content-['']"
    >
      <Suspense fallback={<p className="whitespace-pre-wrap">{shown}</p>}>
        <Markdown text={shown} />
      </Suspense>
    </div>
  );
});
