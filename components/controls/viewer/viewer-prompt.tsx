import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useElementSize } from '../../ui/viewport';

/** The first lines of a prompt, and the rest of it at a click. */
export function ViewerPrompt({ text }: { text: string }) {
  const t = useTranslations('viewer');
  const box = useRef<HTMLParagraphElement>(null);
  const width = useElementSize(box)?.width;
  const [isOpen, setOpen] = useState(false);
  const [isCut, setCut] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width breaks other lines
  useLayoutEffect(() => {
    const { scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    if (!isOpen) setCut(scrollHeight > clientHeight + 1);
  }, [width, isOpen]);
  if (text === '') return null;
  return (
    <div className="mb-1 flex max-w-[90ch] items-end gap-2 text-text">
      <p
        ref={box}
        dir="auto"
        // Keys scroll it, once it is open.
        tabIndex={isOpen ? 0 : undefined}
        className={`min-w-0 break-words ${isOpen ? 'max-h-[35dvh] overflow-y-auto whitespace-pre-wrap' : 'line-clamp-2 short:line-clamp-1'}`}
      >
        {text}
      </p>
      {isCut && (
        <button
          type="button"
          aria-expanded={isOpen}
          className="shrink-0 text-muted underline underline-offset-2 hover:text-text pointer-coarse:min-h-10 short:-my-2.5"
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'promptLess' : 'promptMore')}
        </button>
      )}
    </div>
  );
}
