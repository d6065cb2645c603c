'use client';
import { type CSSProperties, type ToggleEvent, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { chipButton } from '../ui/chip-button';
import { HistoryIcon } from '../ui/icons';
import { PromptHistoryList } from './prompt-history-list';

const gap = 6;
const width = 400;

/** A button that opens the list of earlier prompts, for those who do not walk by Alt+↑. */
export function PromptHistoryMenu({
  earlier,
  position,
  onPick,
}: {
  earlier: () => Promise<readonly string[]>;
  position: { place: number; count: number } | null;
  onPick: (text: string) => void;
}) {
  const t = useTranslations('promptHistory');
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const [prompts, setPrompts] = useState<readonly string[] | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [place, setPlace] = useState<CSSProperties>();

  const onBeforeToggle = (event: ToggleEvent) => {
    if (event.newState !== 'open' || !button.current) return;
    setPlace(placeBeside(button.current.getBoundingClientRect()));
    setPrompts(null);
    earlier().then(setPrompts, () => setPrompts([]));
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title={t('keys')}
        className={chipButton}
      >
        <HistoryIcon size={12} aria-hidden />
        {t('button')}
        {position && <span className="font-mono">{t('position', position)}</span>}
      </button>
      <span role="status" className="sr-only">
        {position && t('positionSpoken', position)}
      </span>
      <div
        ref={popover}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={t('title')}
        style={place}
        onBeforeToggle={onBeforeToggle}
        onToggle={(event) => setOpen(event.newState === 'open')}
        className="m-0 max-h-(--room) w-(--width) overflow-hidden rounded-large border border-line bg-panel p-0 text-text shadow-floating open:flex open:animate-appear max-wide:backdrop:bg-black/40 max-wide:inset-x-2 max-wide:top-auto max-wide:bottom-2 max-wide:max-h-[70dvh] max-wide:w-auto wide:inset-auto wide:top-(--top) wide:bottom-(--bottom) wide:left-(--left)"
      >
        {isOpen && (
          <PromptHistoryList
            prompts={prompts}
            onClose={() => {
              popover.current?.hidePopover();
              button.current?.focus();
            }}
            onPick={(text) => {
              popover.current?.hidePopover();
              onPick(text);
            }}
          />
        )}
      </div>
    </>
  );
}

/** Below the button, or above it where there is more room; never past the window's edge. */
function placeBeside({ top, bottom, left }: DOMRect): CSSProperties {
  const below = innerHeight - bottom - 2 * gap;
  const isBelow = below > 280 || below > top;
  return {
    '--top': isBelow ? `${bottom + gap}px` : 'auto',
    '--bottom': isBelow ? 'auto' : `${innerHeight - top + gap}px`,
    '--left': `${Math.max(gap, Math.min(left, innerWidth - width - gap))}px`,
    '--room': `${Math.min(480, isBelow ? below : top - 2 * gap)}px`,
    '--width': `${width}px`,
  } as CSSProperties;
}
