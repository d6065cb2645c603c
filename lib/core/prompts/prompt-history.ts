const mostPutAside = 20;

/** The state of stepping through earlier prompts from a draft. */
export interface PromptHistory {
  /** The text that was being written; stepping back ends at it. */
  draft: string;
  /** Drafts that another text replaced, newest first. They are steps like earlier prompts. */
  putAside: readonly string[];
  /** The earlier prompts, newest first, each once. */
  prompts: readonly string[];
  /** 0 at the draft, 1 at the newest earlier prompt. */
  place: number;
}

/** The events of the prompt box. */
export type PromptHistoryEvent =
  /** The text was edited; an edited earlier prompt becomes the draft. */
  | { type: 'typed'; text: string }
  /** The text was replaced by a prompt from the list. */
  | { type: 'picked'; text: string }
  /** The earlier prompts were loaded, which happens whenever stepping begins. */
  | { type: 'opened'; earlier: readonly string[] }
  | { type: 'older' }
  | { type: 'newer' };

export const emptyPromptHistory: PromptHistory = { draft: '', putAside: [], prompts: [], place: 0 };

/** The history after an event. A draft that is replaced is put aside, so none is lost. */
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

// A prompt that equals the shown text would be a step without effect.
function distinct(prompts: readonly string[], except = ''): string[] {
  return [...new Set(prompts)].filter((text) => text.trim() !== '' && text !== except);
}
