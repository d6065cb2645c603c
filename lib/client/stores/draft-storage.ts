import type { StateStorage } from 'zustand/middleware';
import { history, keepingProblem } from '../history/history';
import { reportKeeping } from './keeping';

/**
 * Keeps drafts in the browser's database, each change at once. Where that is forbidden or full they
 * live until the page is left, and the designer is told.
 */
export const draftStorage: StateStorage = {
  getItem: async (name) => (await history.loadDraft(name).catch(() => undefined)) ?? null,
  setItem: (name, value) =>
    history.saveDraft(name, value).catch((error) => reportKeeping(keepingProblem(error))),
  removeItem: () => {},
};
