import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { maxFeather } from '../../core/mask/composite';
import type { RunPlace } from '../../core/runs/run-entry';

/** Whether a masked edit is shown as a composite with its original, and the feather between them. */
interface CompositeChoice {
  isOn: boolean;
  /** In pixels of the original. */
  feather: number;
}

interface CompositeChoicesState {
  /** The last choice, which new results start with. */
  last: CompositeChoice;
  /** The choices for single results, by `placeKey`; the newest last. */
  own: Readonly<Record<string, CompositeChoice>>;
}

const key = 'composite-choices';
const most = 200;
const usual: CompositeChoice = { isOn: false, feather: 8 };

/** The choices for composites; they survive a reload. */
export const compositeChoicesStore = createStore<CompositeChoicesState>(load);

/** A key for a picture of a run. A hash would not do, as two runs may give the same file. */
export function placeKey({ runId, index }: RunPlace): string {
  return `${runId}/${index}`;
}

/** The choice for a result. */
export function findChoice({ own, last }: CompositeChoicesState, place: string): CompositeChoice {
  return own[place] ?? last;
}

/** Changes the choice for a result, and for new ones. */
export function changeChoice(place: string, change: Partial<CompositeChoice>): void {
  const state = compositeChoicesStore.getState();
  const choice = { ...findChoice(state, place), ...change };
  keep({ last: choice, own: withOwn({ own: state.own, place, choice }) });
}

/** Fixes the choice for a result that is shown for the first time, whatever is chosen for others. */
export function settleChoice(place: string): void {
  const state = compositeChoicesStore.getState();
  if (!state.own[place])
    keep({ ...state, own: withOwn({ own: state.own, place, choice: state.last }) });
}

/** Adds a choice as the newest. The oldest of very many are dropped. */
function withOwn({
  own,
  place,
  choice,
}: Pick<CompositeChoicesState, 'own'> & {
  place: string;
  choice: CompositeChoice;
}): CompositeChoicesState['own'] {
  const { [place]: _before, ...others } = own;
  return Object.fromEntries([...Object.entries(others).slice(1 - most), [place, choice]]);
}

function keep(state: CompositeChoicesState): void {
  compositeChoicesStore.setState(state);
  try {
    localStorage.setItem(key, JSON.stringify(state));
  } catch {
    // Forbidden or full. The choice is lost when the page is left.
  }
}

function load(): CompositeChoicesState {
  try {
    const { last, own } = JSON.parse(localStorage.getItem(key) ?? '{}');
    const kept = Object.entries(own ?? {}).map(([place, choice]) => [place, readChoice(choice)]);
    return { last: readChoice(last), own: Object.fromEntries(kept) };
  } catch {
    return { last: usual, own: {} };
  }
}

function readChoice(kept: unknown): CompositeChoice {
  const { isOn, feather } = { ...(kept as Partial<CompositeChoice> | undefined) };
  const isFeather = Number.isInteger(feather) && Number(feather) >= 0;
  return {
    isOn: isOn === true,
    feather: isFeather ? Math.min(Number(feather), maxFeather) : usual.feather,
  };
}

/** The choice for a result. */
export function useCompositeChoice(place: RunPlace): CompositeChoice {
  return useStore(compositeChoicesStore, (state) => findChoice(state, placeKey(place)));
}
