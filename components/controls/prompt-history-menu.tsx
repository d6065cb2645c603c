'use client';
import { type CSSProperties, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { chipButton } from '../ui/chip';
import { HistoryIcon } from '../ui/icons';
import { closeAtBackdrop } from '../ui/sheet';
import { laterPart } from './later-part';

const List = laterPart(async () => (await import('./prompt-history-list')).PromptHistoryList);
const gap = 6;
const width = 400;

/** A button that opens the list of earlier prompts. */
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
  const menu = useRef<HTMLDialogElement>(null);
  const [prompts, setPrompts] = useState<readonly string[] | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [place, setPlace] = useState<CSSProperties>();

  const open = () => {
    if (!button.current) return;
    setPlace(placeBeside(button.current.getBoundingClientRect()));
    setPrompts(null);
    setOpen(true);
    menu.current?.showModal();
    earlier().then(setPrompts, () => setPrompts([]));
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-controls={id}
        aria-expanded={isOpen}
        title={t('keys')}
        onClick={open}
        className={chipButton}
      >
        <HistoryIcon size={12} aria-hidden />
        {t('button')}
        {position && <span>{t('position', position)}</span>}
      </button>
      <span role="status" className="sr-only">
        {position && t('positionSpoken', position)}
      </span>
      <dialog
        ref={menu}
        id={id}
        aria-label={t('title')}
        style={place}
        onPointerDown={closeAtBackdrop}
        onClose={() => setOpen(false)}
        className="m-0 max-h-(--room) w-(--width) overflow-hidden rounded-large border border-line bg-panel p-0 text-text shadow-floating backdrop:bg-transparent open:flex open:animate-appear max-wide:backdrop:bg-black/40 max-wide:inset-x-2 max-wide:top-auto max-wide:bottom-2 max-wide:max-h-[70dvh] max-wide:w-auto wide:inset-auto wide:top-(--top) wide:bottom-(--bottom) wide:left-(--left)"
      >
        {isOpen && (
          <List
            prompts={prompts}
            onClose={() => menu.current?.close()}
            onPick={(text) => {
              menu.current?.close();
              onPick(text);
            }}
          />
        )}
      </dialog>
    </>
  );
}

/** Below the button, or above where there is more room; never beyond the window's edge. */
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
