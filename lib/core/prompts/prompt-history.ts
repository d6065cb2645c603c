const mostPutAside = 20;

/** A walk through earlier prompts, and the draft from which it set out. */
export interface PromptHistory {
  /** What was being written; the walk comes back to it. */
  draft: string;
  /** Drafts that gave way to another text, newest first. They are found on the way. */
  putAside: readonly string[];
  /** The earlier prompts, newest first, each once. */
  prompts: readonly string[];
  /** 0 at the draft, 1 at the newest earlier prompt. */
  place: number;
}

/** What happens to it. */
export type PromptHistoryEvent =
  /** The text was changed by hand; during a walk that makes a new draft. */
  | { type: 'typed'; text: string }
  /** The text was replaced by a prompt from the list. */
  | { type: 'picked'; text: string }
  /** The earlier prompts are known; asked for each time that a walk begins. */
  | { type: 'opened'; earlier: readonly string[] }
  | { type: 'older' }
  | { type: 'newer' };

export const emptyPromptHistory: PromptHistory = { draft: '', putAside: [], prompts: [], place: 0 };

/** The history after an event. No draft is ever lost: one that gives way is put aside. */
export function promptHistory(history: PromptHistory, event: PromptHistoryEvent): PromptHistory {
  const { draft, putAside, prompts, place } = history;
  switch (event.type) {
    case 'typed':
      if (event.text === shownPrompt(history)) return history;
      return place === 0
        ? { ...history, draft: event.text }
        : { ...history, draft: event.text, putAside: withDraft(putAside, draft), place: 0 };
    case 'picked':
      return { ...history, draft: event.text, putAside: withDraft(putAside, draft), place: 0 };
    case 'opened':
      return place === 0
        ? { ...history, prompts: distinct([...putAside, ...event.earlier], draft) }
        : history;
    case 'older':
      return { ...history, place: Math.min(place + 1, prompts.length) };
    case 'newer':
      return { ...history, place: Math.max(place - 1, 0) };
  }
}

/** The text that stands in the box. */
export function shownPrompt({ draft, prompts, place }: PromptHistory): string {
  return prompts[place - 1] ?? draft;
}

function withDraft(putAside: readonly string[], draft: string): readonly string[] {
  return distinct([draft, ...putAside]).slice(0, mostPutAside);
}

// What stands in the box already would be a step on the spot.
function distinct(prompts: readonly string[], except = ''): string[] {
  return [...new Set(prompts)].filter((text) => text.trim() !== '' && text !== except);
}
