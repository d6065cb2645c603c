import type { Answer, ChatMessage } from '../../core/chat/message';
import type { EndpointName } from '../../core/models/model';
import type { RunEntry } from '../../core/runs/run-entry';

/** A run, with everything that its request was made of. */
export type SentRun =
  | { run: RunEntry }
  /** `path`: the messages from the first to the one that it answers. */
  | { answer: Answer; path: readonly ChatMessage[] };

/** The page of a run: where its settings belong, and where it is shown. */
export function pageOf(endpoint: EndpointName): '/' | '/edit' | '/chat' {
  if (endpoint === 'chat') return '/chat';
  return endpoint === 'edits' ? '/edit' : '/';
}
