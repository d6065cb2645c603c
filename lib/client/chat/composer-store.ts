import { useSyncExternalStore } from 'react';
import { createJSONStorage, persist } from 'zustand/middleware';
import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import type { AttachedPicture } from '../../core/chat/message';
import { holdDraftPictures } from '../storage/draft-pictures';
import { keepEarlyInput, readFirstStorage } from '../storage/draft-storage';

/** The draft of a new message, or of a change to an earlier one. */
export interface MessageDraft {
  text: string;
  pictures: AttachedPicture[];
}

export const emptyDraft: MessageDraft = { text: '', pictures: [] };

interface ComposerState {
  /** By the conversation's id, or by the id of the earlier message that is being changed. */
  drafts: Readonly<Record<string, MessageDraft>>;
}

/** The drafts of messages; they survive a reload. */
export const composerStore = createStore<ComposerState>()(
  persist((): ComposerState => ({ drafts: {} }), {
    name: 'chat-composer',
    version: 1,
    storage: createJSONStorage(() => readFirstStorage),
    migrate: (kept) => kept,
    // Another page may have added a picture to a draft before the drafts were loaded.
    merge: (kept, fresh) =>
      kept === undefined ? fresh : { drafts: { ...readDrafts(kept), ...fresh.drafts } },
  }),
);

keepEarlyInput('chat-composer', composerStore);
holdDraftPictures('chat', composerStore, ({ drafts }) => ({
  pictures: Object.values(drafts).flatMap(({ pictures }) => pictures.map(({ hash }) => hash)),
  masks: [],
}));

/** The draft of a conversation. */
export function findDraft(conversation: string): MessageDraft {
  return composerStore.getState().drafts[conversation] ?? emptyDraft;
}

/** Changes the draft of a conversation. */
export function changeDraft(
  conversation: string,
  change: (draft: MessageDraft) => Partial<MessageDraft>,
): void {
  composerStore.setState(({ drafts }) => {
    const draft = drafts[conversation] ?? emptyDraft;
    return { drafts: { ...drafts, [conversation]: { ...draft, ...change(draft) } } };
  });
}

/** The place of what is written before a conversation is open. */
export const unopened = '';

/** The text of a conversation's draft, with what was written before it was open below. */
export function draftText(draft: MessageDraft, early: MessageDraft): string {
  return [draft.text, early.text].filter((text) => text !== '').join('\n');
}

/** Moves what was written before a conversation was open into its draft. */
export function takeEarlyText(conversation: string): void {
  const early = findDraft(unopened);
  if (early.text === '') return;
  changeDraft(conversation, (draft) => ({ text: draftText(draft, early) }));
  dropDraft(unopened);
}

/** Takes a picture out of a draft. */
export function detachPicture(conversation: string, id: string): void {
  changeDraft(conversation, ({ pictures }) => ({
    pictures: pictures.filter((picture) => picture.id !== id),
  }));
}

/** Drops the draft of a conversation. */
export function dropDraft(conversation: string): void {
  composerStore.setState(({ drafts }) => ({
    drafts: Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== conversation)),
  }));
}

function readDrafts(kept: unknown): Record<string, MessageDraft> {
  const { drafts } = (kept ?? {}) as { drafts?: unknown };
  if (typeof drafts !== 'object' || drafts === null) return {};
  return Object.fromEntries(
    Object.entries(drafts).flatMap(([id, draft]: [string, Partial<MessageDraft> | null]) => {
      const pictures = Array.isArray(draft?.pictures) ? draft.pictures : [];
      const text = typeof draft?.text === 'string' ? draft.text : '';
      return text === '' && pictures.length === 0 ? [] : [[id, { text, pictures }]];
    }),
  );
}

/** The draft of a conversation. */
export function useDraft(conversation: string): MessageDraft {
  return useStore(composerStore, ({ drafts }) => drafts[conversation] ?? emptyDraft);
}

/** Whether a conversation or an earlier message has a draft. */
export function useHasDraft(id: string): boolean {
  return useStore(composerStore, ({ drafts }) => drafts[id] !== undefined);
}

/** Whether the saved drafts are loaded. */
export function useIsComposerReady(): boolean {
  const { persist } = composerStore;
  return useSyncExternalStore(persist.onFinishHydration, persist.hasHydrated, () => false);
}
