import { type KeyboardEvent, useRef, useState } from 'react';
import {
  emptyPromptHistory,
  type PromptHistoryEvent,
  promptHistory,
  shownPrompt,
} from '@/lib/core/prompts/prompt-history';

/**
 * Walks a text box through earlier prompts: Alt+↑ to older ones, Alt+↓ back, down to the draft that
 * was being written.
 * @param earlier Asked each time that a walk begins, so that it knows the newest prompts.
 */
export function usePromptHistory(
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
    // However the text came to stand there (typed, an example, settings used again), it counts.
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
    /** Puts a prompt of the list into the box; what stood there is found by Alt+↑. */
    pick(text: string) {
      apply({ type: 'typed', text: value }, { type: 'picked', text });
      onType(text);
    },
    /** How far the walk has come, while it lasts. */
    position:
      history.place > 0 && shownPrompt(history) === value
        ? { place: history.place, count: history.prompts.length }
        : null,
  };
}
