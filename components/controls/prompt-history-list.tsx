'use client';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';

const searchableFrom = 9;
// Bounds the work of a render; older prompts are found by searching.
const mostShown = 100;

/** The earlier prompts, with a search where there are many. */
export function PromptHistoryList({
  prompts,
  onPick,
  onClose,
}: {
  /** Null while they are being loaded. */
  prompts: readonly string[] | null;
  onPick: (text: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations('promptHistory');
  const [query, setQuery] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const isKnown = prompts !== null;
  // On a phone, focusing the search field would open a keyboard over the list.
  useEffect(() => {
    if (!isKnown) return;
    const controls = [...(list.current?.querySelectorAll<HTMLElement>('input, button') ?? [])];
    const isTouched = matchMedia('(pointer: coarse)').matches;
    const first = controls.find((control) => !isTouched || control.matches('button'));
    (first ?? list.current)?.focus();
  }, [isKnown]);

  const wanted = query.trim().toLowerCase();
  const all = [...new Set(prompts ?? [])].filter((text) => text.trim() !== '');
  const found = all.filter((text) => text.toLowerCase().includes(wanted)).slice(0, mostShown);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys go from control to control in it
    <div
      ref={list}
      tabIndex={-1}
      onKeyDown={moveFocus}
      className="flex min-h-0 min-w-0 flex-1 flex-col outline-none"
    >
      {all.length >= searchableFrom && (
        <div className="border-b border-line p-2">
          <input
            type="search"
            value={query}
            placeholder={t('search')}
            aria-label={t('search')}
            autoComplete="off"
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              const { key, ctrlKey, metaKey, altKey, nativeEvent } = event;
              if (nativeEvent.isComposing) return;
              // Chromium would only empty the field at the first press.
              if (key === 'Escape') return onClose();
              if (key !== 'Enter' || ctrlKey || metaKey || altKey) return;
              event.preventDefault();
              if (found[0] !== undefined) onPick(found[0]);
            }}
            className="w-full rounded-small border border-line-strong bg-raised px-2 py-1.5 focus-visible:border-accent focus-visible:outline-1 focus-visible:-outline-offset-1 max-wide:text-[16px]"
          />
        </div>
      )}
      {found.length > 0 ? (
        <ul
          aria-label={t('title')}
          className="relative min-h-0 overflow-y-auto p-1 [scrollbar-width:thin]"
        >
          {found.map((text) => (
            <li key={text}>
              <button
                type="button"
                title={text}
                onClick={() => onPick(text)}
                className="block w-full rounded-small px-2.5 py-2 text-left hover:bg-sunken focus-visible:bg-sunken focus-visible:-outline-offset-2"
              >
                <span dir="auto" className="line-clamp-2 break-words">
                  {text}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p role="status" className="px-3 py-4 text-center text-muted">
          {!isKnown ? t('loading') : wanted === '' ? t('empty') : t('nothingFound')}
        </p>
      )}
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const controls = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button')];
  const place = controls.indexOf(document.activeElement as HTMLElement);
  const next = controls[place + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
