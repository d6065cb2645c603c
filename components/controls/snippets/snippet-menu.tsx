'use client';
import {
  type CSSProperties,
  type RefObject,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslations } from 'use-intl/react';
import { allEarlierPrompts } from '@/lib/client/runs/earlier-prompts';
import { snippets as kept } from '@/lib/client/storage/snippets';
import { type OfferedText, offeredTexts } from '@/lib/core/prompts/offered-texts';
import { type SlashQuery, withoutSlash } from '@/lib/core/prompts/slash-query';
import { randomId } from '@/lib/core/random-id';
import { HistoryIcon, PencilIcon, PlusIcon, StarIcon } from '../../ui/icons';

const gap = 6;
const width = 420;

type Choice = OfferedText | { kind: 'save' | 'manage' };

/** The snippets and earlier prompts for a slash word, in front of the page; the box keeps the focus. */
export function SnippetMenu({
  box,
  at,
  onType,
  onLeave,
  onManage,
}: {
  box: RefObject<HTMLTextAreaElement | null>;
  at: SlashQuery;
  /** Puts a text into the box, and the caret at a place in it. */
  onType: (text: string, caret: number) => void;
  onLeave: () => void;
  onManage: () => void;
}) {
  const t = useTranslations('snippets');
  const id = useId();
  const known = useKnownTexts();
  const [active, setActive] = useState({ of: '', index: 0 });
  const [place, setPlace] = useState<CSSProperties>();
  const list = useRef<HTMLDivElement>(null);
  const { query, start } = at;
  const found = known ? offeredTexts({ ...known, query }) : [];
  const rest = withoutSlash(box.current?.value ?? '', at, '').text.trim();
  const further: Choice[] = [
    ...(rest === '' ? [] : [{ kind: 'save' as const }]),
    { kind: 'manage' },
  ];
  // A word that nothing begins with is no search, and no key is taken from it.
  const choices: Choice[] =
    !known || (found.length === 0 && query !== '') ? [] : [...found, ...further];
  // Each query begins at its first choice.
  const index = active.of === query ? Math.min(active.index, choices.length - 1) : 0;
  const isShown = choices.length > 0;

  const choose = (choice: Choice | undefined) => {
    const { value = '' } = box.current ?? {};
    if (choice?.kind === 'manage') return onManage();
    if (choice?.kind === 'save') {
      const snippet = { id: randomId(), text: rest, isStarred: false, changedAt: Date.now() };
      // Where nothing can be stored the page says so already.
      void kept.putSnippet(snippet).catch(() => {});
    }
    const text = choice && 'text' in choice ? choice.text : '';
    const next = withoutSlash(value, at, text);
    onType(next.text, next.caret);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { key, isComposing, keyCode, ctrlKey, metaKey, altKey, shiftKey } = event;
    // 229 is what browsers say of a key that an input method has taken.
    if (!isShown || isComposing || keyCode === 229) return;
    if (ctrlKey || metaKey || altKey || shiftKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step !== undefined) {
      setActive({ of: query, index: (index + step + choices.length) % choices.length });
    } else if (key === 'Enter') choose(choices[index]);
    else if (key === 'Escape') onLeave();
    else return;
    // The box has other uses for these keys.
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    element.addEventListener('keydown', onKey);
    return () => {
      element.removeEventListener('keydown', onKey);
      for (const name of ['aria-controls', 'aria-activedescendant', 'aria-autocomplete']) {
        element.removeAttribute(name);
      }
    };
  }, [box]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !isShown) return;
    element.setAttribute('aria-autocomplete', 'list');
    element.setAttribute('aria-controls', id);
    element.setAttribute('aria-activedescendant', `${id}-${index}`);
    document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: 'nearest' });
  }, [box, id, index, isShown]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a longer text moves the box
  useLayoutEffect(() => {
    if (box.current) setPlace(placeBeside(box.current.getBoundingClientRect()));
    // In front of everything, also where a container would hold what is fixed.
    const shown = list.current;
    if (shown?.showPopover && !shown.matches(':popover-open')) shown.showPopover();
  }, [box, isShown, start]);

  return (
    <>
      <span role="status" className="sr-only">
        {isShown && t('found', { count: found.length })}
      </span>
      {isShown && (
        <div
          ref={list}
          popover="manual"
          id={id}
          role="listbox"
          aria-label={t('title')}
          style={place}
          // The box keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          className="fixed inset-auto top-(--top) bottom-(--bottom) left-(--left) z-50 m-0 max-h-(--room) w-(--width) overflow-y-auto rounded-large border border-line bg-panel p-1 text-text shadow-floating"
        >
          {choices.map((choice, number) => (
            <MenuChoice
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a choice is known by
              key={number}
              id={`${id}-${number}`}
              choice={choice}
              isActive={number === index}
              onChoose={() => choose(choice)}
            />
          ))}
        </div>
      )}
    </>
  );
}

function MenuChoice({
  id,
  choice,
  isActive,
  onChoose,
}: {
  id: string;
  choice: Choice;
  isActive: boolean;
  onChoose: () => void;
}) {
  const t = useTranslations('snippets');
  const isText = 'text' in choice;
  const Icon = isText
    ? choice.kind === 'prompt'
      ? HistoryIcon
      : StarIcon
    : choice.kind === 'save'
      ? PlusIcon
      : PencilIcon;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the focus, and its keys choose
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      title={isText ? choice.text : undefined}
      onClick={onChoose}
      className={`flex cursor-pointer items-start gap-2 rounded-small px-2.5 py-2 aria-selected:bg-sunken hover:bg-sunken ${isText ? '' : 'text-muted'}`}
    >
      <Icon
        size={13}
        aria-hidden
        className={`mt-[3px] shrink-0 text-faint ${isText && choice.isStarred ? 'fill-current text-warn' : ''}`}
      />
      <span dir="auto" className="line-clamp-2 min-w-0 break-words">
        {isText ? choice.text : t(choice.kind)}
      </span>
    </div>
  );
}

/** Null until they are loaded; what cannot be read is not offered. */
function useKnownTexts() {
  const [known, setKnown] = useState<Omit<Parameters<typeof offeredTexts>[0], 'query'> | null>(
    null,
  );
  useEffect(() => {
    let isShown = true;
    const load = async () => {
      const [snippets, prompts] = await Promise.all([
        kept.snippets().catch(() => []),
        allEarlierPrompts(),
      ]);
      if (isShown) setKnown({ snippets, prompts });
    };
    void load();
    return () => {
      isShown = false;
    };
  }, []);
  return known;
}

/** Below the box, or above where there is more room; never beyond the window's edge. */
function placeBeside({ top, bottom, left }: DOMRect): CSSProperties {
  const below = innerHeight - bottom - 2 * gap;
  const isBelow = below > 240 || below > top;
  const wide = Math.min(width, innerWidth - 2 * gap);
  return {
    '--top': isBelow ? `${bottom + gap}px` : 'auto',
    '--bottom': isBelow ? 'auto' : `${innerHeight - top + gap}px`,
    '--left': `${Math.max(gap, Math.min(left, innerWidth - wide - gap))}px`,
    '--room': `${Math.min(320, isBelow ? below : top - 2 * gap)}px`,
    '--width': `${wide}px`,
  } as CSSProperties;
}
