/**
 * What tabs tell each other of drafts. `forked`: a tab has begun with a copy of another's draft;
 * `open`: that other one is open, too.
 */
export type DraftEvent = { type: 'forked' | 'open'; from: string; to: string };

const channel =
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('playground-drafts');

/** Tells the other tabs of this browser. */
export function tellDraftTabs(event: DraftEvent): void {
  channel?.postMessage(event);
}

/** Hears what the other tabs tell. */
export function hearDraftTabs(listener: (event: DraftEvent) => void): void {
  channel?.addEventListener('message', ({ data }: MessageEvent<DraftEvent>) => listener(data));
}
