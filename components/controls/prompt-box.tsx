'use client';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import {
  emptyPromptHistory,
  type PromptHistoryEvent,
  promptHistory,
  shownPrompt,
} from '@/lib/core/prompts/prompt-history';
import { countCharacters } from '@/lib/core/validation';
import { FieldHead, FieldProblem } from '../ui/field';
import { useEarlyText } from '../ui/hydrated';
import { useGrow } from '../ui/text-box';
import { PromptHistoryMenu } from './prompt-history-menu';
import { leaveAtEscape, usePrompt } from './prompt-scope';
import { useSnippets } from './snippets/use-snippets';

/** The prompt: it grows with its text, and offers earlier prompts. */
export function PromptBox({
  value,
  max,
  problem,
  placeholder,
  earlier,
  onType,
  onEarly,
}: {
  value: string;
  max: number | null;
  problem?: string;
  placeholder?: string;
  /** Earlier prompts, newest first. */
  earlier?: () => Promise<readonly string[]>;
  onType: (text: string) => void;
  /** Takes what was typed before the scripts ran. */
  onEarly: (text: string) => void;
}) {
  const t = useTranslations('form');
  const id = useId();
  const count = countCharacters(value);
  const box = usePrompt();
  useGrow(box, value);
  useEarlyText(box, onEarly);
  const history = usePromptHistory(value, earlier, onType);
  const snippets = useSnippets(box, onType);
  const isOver = max !== null && count > max;
  return (
    <div data-param="prompt">
      <FieldHead
        htmlFor={id}
        label={t('prompt')}
        aside={
          <span title={t('charactersSpoken', { count })} className={isOver ? 'text-error' : ''}>
            {max === null ? t('charactersFree', { count }) : t('characters', { count, max })}
          </span>
        }
      />
      <div className="rounded-large border border-line-strong bg-raised transition-colors hover:border-faint has-aria-invalid:border-error has-[textarea:focus-visible]:border-accent has-[textarea:focus-visible]:outline-1 has-[textarea:focus-visible]:-outline-offset-1 has-[textarea:focus-visible]:outline-accent">
        <textarea
          dir="auto"
          ref={box}
          id={id}
          data-testid="prompt"
          value={value}
          rows={4}
          placeholder={placeholder ?? t('promptPlaceholder')}
          aria-invalid={problem !== undefined || undefined}
          aria-describedby={problem === undefined ? undefined : `${id}-problem`}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={(event) => {
            history.onKeyDown(event);
            leaveAtEscape(event);
          }}
          className="field-sizing-content block max-h-[30dvh] min-h-[96px] w-full resize-none rounded-large bg-transparent px-2.5 py-2 leading-[1.5] outline-none max-wide:text-[16px]"
        />
        {snippets}
        {earlier && (
          <div className="flex flex-wrap gap-1.5 px-2 pt-1.5 pb-2">
            <PromptHistoryMenu
              earlier={earlier}
              position={history.position}
              onPick={(text) => {
                history.pick(text);
                box.current?.focus();
              }}
            />
          </div>
        )}
      </div>
      {problem !== undefined && <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>}
    </div>
  );
}

/**
 * Steps a text box through earlier prompts: Alt+↑ to older ones, Alt+↓ back down to the draft.
 * @param earlier Called when stepping begins, so that the newest prompts are among them.
 */
function usePromptHistory(
  value: string,
  earlier: (() => Promise<readonly string[]>) | undefined,
  onType: (text: string) => void,
) {
  const [history, setHistory] = useState(emptyPromptHistory);
  const current = useRef(history);
  const isAsking = useRef(false);

  const apply = (...events: PromptHistoryEvent[]) => {
    current.current = events.reduce(promptHistory, current.current);
    setHistory(current.current);
  };

  const step = async (direction: 'older' | 'newer', box: HTMLTextAreaElement) => {
    if (!earlier || isAsking.current) return;
    // The box may have been filled by an example or by a run's settings since the last step.
    apply({ type: 'typed', text: box.value });
    if (direction === 'older' && current.current.place === 0) {
      isAsking.current = true;
      const prompts = await earlier().catch(() => []);
      isAsking.current = false;
      apply({ type: 'typed', text: box.value }, { type: 'opened', earlier: prompts });
    }
    apply({ type: direction });
    const text = shownPrompt(current.current);
    if (text !== box.value) onType(text);
  };

  return {
    onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
      const { key, altKey, ctrlKey, metaKey, shiftKey, nativeEvent } = event;
      if (!altKey || ctrlKey || metaKey || shiftKey || nativeEvent.isComposing) return;
      if (!earlier || (key !== 'ArrowUp' && key !== 'ArrowDown')) return;
      event.preventDefault();
      void step(key === 'ArrowUp' ? 'older' : 'newer', event.currentTarget);
    },
    /** Puts a prompt of the list into the box; Alt+↑ brings back what stood there. */
    pick(text: string) {
      apply({ type: 'typed', text: value }, { type: 'picked', text });
      onType(text);
    },
    /** The place among the earlier prompts; null while the box holds a draft. */
    position:
      history.place > 0 && shownPrompt(history) === value
        ? { place: history.place, count: history.prompts.length }
        : null,
  };
}
