/** What one tab tells the others of the runs and conversations that they share. */
export type TabEvent =
  | { type: 'kept' | 'removed' | 'restored'; id: string }
  | { type: 'conversation-kept' | 'conversation-removed'; id: string }
  | { type: 'message-kept'; id: string; conversation: string };

const channel =
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('turing-playground');

/** Tells the other tabs of this browser. */
export function tellTabs(event: TabEvent): void {
  channel?.postMessage(event);
}

/** Hears what the other tabs tell. Returns how to stop. */
export function hearTabs(listener: (event: TabEvent) => void): () => void {
  const listen = ({ data }: MessageEvent<TabEvent>) => listener(data);
  channel?.addEventListener('message', listen);
  return () => channel?.removeEventListener('message', listen);
}
