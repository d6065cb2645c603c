import type { Answer, ChatMessage } from '../../core/chat/message';
import { conversationOf } from '../../core/experiments/cell';
import type { EndpointName } from '../../core/models/model';
import type { AnyRun, Cell, RunEntry } from '../../core/runs/run-entry';

/** A run, with everything that its request was made of. */
export type SentRun =
  | { run: RunEntry }
  /** `path`: the messages from the first to the one that it answers. */
  | { answer: Answer; path: readonly ChatMessage[] };

/** A run with what its request was made of; a chat's cell is an answer to one message. */
export function sentRun(run: AnyRun): SentRun {
  if (!run.turn) return { run: run as RunEntry };
  const [question, answer] = conversationOf(run as Cell, run.turn);
  return { answer, path: [question] };
}

/** The page of a run: where its settings belong, and where it is shown. */
export function pageOf(endpoint: EndpointName): '/' | '/edit' | '/chat' {
  if (endpoint === 'chat') return '/chat';
  return endpoint === 'edits' ? '/edit' : '/';
}
