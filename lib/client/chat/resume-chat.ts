/**
 * Finds what is kept, opens the conversation that was open, and goes on with the answers that are
 * under way.
 */
export async function resumeChat(): Promise<void> {}

/** Follows what other tabs do with the conversations that all tabs share. Returns how to stop. */
export function followChatTabs(): () => void {
  return () => {};
}
