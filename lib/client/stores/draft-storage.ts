import type { StateStorage } from 'zustand/middleware';
import { history, keepingProblem } from '../history/history';
import { reportKeeping } from './keeping';

interface Draft {
  text: string;
  /** Counts up with each change, to tell which of two copies is the newer. */
  version: number;
}

let version = 0;

/**
 * Keeps drafts in the browser's database. That takes a moment, in which a reload would lose the last
 * words: so a copy goes first to where writing takes none. Where both are forbidden or full, a draft
 * lives until the page is left, and the designer is told.
 */
export const draftStorage: StateStorage = {
  async getItem(name) {
    const kept = readDraft(await history.loadDraft(name).catch(() => undefined));
    const copy = readDraft(attempt(() => localStorage.getItem(keyOf(name))));
    const newest = copy && copy.version >= (kept?.version ?? 0) ? copy : kept;
    version = newest?.version ?? 0;
    return newest?.text ?? null;
  },
  async setItem(name, text) {
    version++;
    const draft = JSON.stringify({ text, version } satisfies Draft);
    const hasCopy = attempt(() => localStorage.setItem(keyOf(name), draft)) !== null;
    await history.saveDraft(name, draft).catch((error) => {
      if (!hasCopy) reportKeeping(keepingProblem(error));
    });
  },
  removeItem: () => {},
};

const keyOf = (name: string) => `draft:${name}`;

function readDraft(text: string | null | undefined): Draft | undefined {
  const draft: unknown = attempt(() => JSON.parse(text ?? 'null'));
  if (typeof draft !== 'object' || draft === null) return undefined;
  const { text: words, version: number } = draft as Partial<Record<keyof Draft, unknown>>;
  return typeof words === 'string' && typeof number === 'number'
    ? { text: words, version: number }
    : undefined;
}

/** What an action gives; null where the browser forbids it, or there is none (on the server). */
function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}
