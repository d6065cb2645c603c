import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import type { Offer, Refusal } from '../../core/references/intake';

/** A file that is on its way into a message that is being written. */
export interface Incoming {
  id: string;
  /** Whose draft it is: the conversation's, or that of an earlier message that is changed. */
  conversation: string;
  name: string;
}

/** A file that was not taken, and why; held for as long as it may be taken in another form. */
export interface RefusedAttachment extends Incoming {
  refusal: Refusal;
  file: Blob;
  /** What is being made of it. */
  converting: Offer | null;
}

interface ChatIntakeState {
  /** Files that are being read, in their order. */
  pending: readonly Incoming[];
  refused: readonly RefusedAttachment[];
}

/** The files that are put into messages. */
export const chatIntakeStore = createStore<ChatIntakeState>(() => ({ pending: [], refused: [] }));

/** Takes a refusal off the page; its file is let go. */
export function dismissAttachment(id: string): void {
  chatIntakeStore.setState(({ refused }) => ({ refused: refused.filter((one) => one.id !== id) }));
}

/** Reads one field of the store of files that are put into messages. */
export function useChatIntake<T>(
  select: (state: ReturnType<typeof chatIntakeStore.getState>) => T,
): T {
  return useStore(chatIntakeStore, select);
}
