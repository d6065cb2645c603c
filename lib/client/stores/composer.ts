import { createJSONStorage, persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import type { AttachedPicture } from '../../core/chat/message';
import { draftStorage } from './draft-storage';

/** What is being written in one conversation. */
export interface MessageDraft {
  text: string;
  pictures: AttachedPicture[];
}

export const emptyDraft: MessageDraft = { text: '', pictures: [] };

interface ComposerState {
  /** By conversation. */
  drafts: Readonly<Record<string, MessageDraft>>;
}

/** What is being written; it outlives a reload. */
export const composerStore = createStore<ComposerState>()(
  persist((): ComposerState => ({ drafts: {} }), {
    name: 'chat-composer',
    version: 1,
    storage: createJSONStorage(() => draftStorage),
    migrate: (kept) => kept,
    merge: (kept, fresh) => ({ ...fresh, drafts: readDrafts(kept) }),
  }),
);

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

/** Lets go of the draft of a conversation. */
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
