import { randomId } from '../../core/random-id';

/** What one tab tells the others of the runs and conversations that they share. */
export type TabEvent =
  | { type: 'kept' | 'removed' | 'restored'; id: string }
  /** Many runs were removed, restored or lost pictures at once. */
  | { type: 'changed'; ids: readonly string[] }
  /** Everything that the browser kept was deleted. */
  | { type: 'forgotten' }
  | { type: 'cell-kept' | 'experiment-kept' | 'experiment-removed'; id: string }
  /** Judgements of an experiment were added, or the one with this id was taken back. */
  | { type: 'judgements-kept' | 'judgement-removed'; id: string }
  | { type: 'conversation-kept' | 'conversation-removed'; id: string }
  | { type: 'message-kept'; id: string; conversation: string };

/** The cards of the gallery, or the marks of pictures, that have changed: however many, in one message. */
export interface CardsEvent {
  /** By their ids; some may be gone, or new. */
  cards: readonly string[];
  /** By the hashes of the pictures. */
  marks: readonly string[];
  /** Whether a collection was made, named or deleted. */
  hasCollections?: boolean;
}

/**
 * What tabs tell each other of drafts. `forked`: the tab `to` has started with a copy of the draft of
 * the tab `from`; `open`: the tab `from` is open.
 */
export type DraftEvent = { type: 'forked' | 'open'; from: string; to: string };

const { tell: tellTabs, hear: hearTabs } = openChannel<TabEvent>('turing-playground');
const { tell: tellCardsChange } = openChannel<CardsEvent>('playground-cards');
// Another channel object, which hears the tab itself and its workers too.
const { hear: hearCards } = openChannel<CardsEvent>('playground-cards');

/** Tells every tab, this one too, which cards have changed, and the marks of which pictures. */
export function tellCards(cards: readonly string[], marks: readonly string[] = []): void {
  if (cards.length + marks.length > 0) tellCardsChange({ cards, marks });
}

/** Tells every tab that a collection was made, named or deleted. */
export function tellCollections(): void {
  tellCardsChange({ cards: [], marks: [], hasCollections: true });
}

const { tell: tellDraftTabs, hear: hearDraftTabs } = openChannel<DraftEvent>('playground-drafts');

export { hearCards, hearDraftTabs, hearTabs, tellDraftTabs, tellTabs };

function openChannel<Event>(name: string) {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name);
  return {
    /** Sends an event to the other tabs of this browser. */
    tell: (event: Event): void => channel?.postMessage(event),
    /** Listens to the other tabs. Returns how to stop. */
    hear(listener: (event: Event) => void): () => void {
      const listen = ({ data }: MessageEvent<Event>) => listener(data);
      channel?.addEventListener('message', listen);
      return () => channel?.removeEventListener('message', listen);
    },
  };
}

/**
 * Whether the user may be looking at this tab. A hidden tab leaves the runs of other tabs to them,
 * because each tab that follows a run reads its whole answer.
 */
export function isTabVisible(): boolean {
  return typeof document === 'undefined' || document.visibilityState === 'visible';
}

interface TabWindow {
  /** `wasDiscarded` (Chromium): the browser unloaded the tab to save memory, and loads it again. */
  document?: { wasDiscarded?: boolean };
  sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  addEventListener(type: 'pagehide' | 'pageshow', listener: () => void): void;
}

/**
 * Identifies a tab of this browser, across reloads. A duplicated tab starts with a copy of the
 * session storage. The storage has a mark while a page is open, so a page that finds the mark at its
 * start is a duplicate (or comes after a crash) and takes a new name. A discarded tab had no chance to
 * remove its mark and keeps its name.
 */
export function createTabName(browser: TabWindow, makeId = randomId): () => string {
  let name: string | undefined;
  const mark = () => browser.sessionStorage.setItem('tab-open', 'yes');
  const unmark = () => browser.sessionStorage.removeItem('tab-open');
  const find = () => {
    try {
      const { sessionStorage } = browser;
      const own = sessionStorage.getItem('tab');
      const isMarked = sessionStorage.getItem('tab-open') !== null;
      const isCopy = isMarked && browser.document?.wasDiscarded !== true;
      const found = own === null || isCopy ? makeId() : own;
      sessionStorage.setItem('tab', found);
      mark();
      browser.addEventListener('pagehide', unmark);
      // The back/forward cache restores a page without running this again.
      browser.addEventListener('pageshow', mark);
      return found;
    } catch {
      // Without session storage no draft of another tab can be found either.
      return makeId();
    }
  };
  return () => {
    name ??= find();
    return name;
  };
}

/** The name of this tab. */
export const thisTab = createTabName(globalThis as unknown as TabWindow);
