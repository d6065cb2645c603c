import {
  type AnswerStateEvent,
  type AnswerTold,
  reduceAnswer,
  reopenedAnswer,
} from '../../core/chat/answer-state';
import { type Answer, type ChatMessage, kindOfTurn } from '../../core/chat/message';
import { expectedDuration } from '../../core/runs/run-estimate';
import { openAnswer } from '../answers/open-answer';
import { tellTabs } from '../browser/tabs';
import { createCarrier } from '../runs/run-carrier';
import { startOrFind } from '../runs/start-or-find';
import { conversationHistory } from '../storage/conversations';
import { history, storageProblem } from '../storage/history';
import { reportStorageProblem } from '../storage/storage-status';
import { encodeTurn } from './encode-turn';
import { changeMessage, chatStore, findMessage, putMessages } from './messages-store';

// The answers that are under way in this tab, whichever conversation is shown.

/** How often an answer that is coming in is kept. */
const keepEveryMs = 1000;

const carrier = createCarrier<Answer, AnswerTold>({
  find: findAnswer,
  async load(id) {
    const kept = await conversationHistory.loadMessage(id);
    return kept?.role === 'assistant' ? kept : undefined;
  },
  put: (answer) => putMessages(answer.conversation, [answer]),
  apply,
  keep: keepAnswer,
  async startRun(answer, signal) {
    const messages: ReadonlyMap<string, ChatMessage> = new Map(
      Object.entries(chatStore.getState().messages),
    );
    const encoded = await encodeTurn(answer, messages);
    return 'trouble' in encoded ? encoded : startOrFind({ key: answer.key, ...encoded }, signal);
  },
  followAnswer: ({ id, ...reading }) => openAnswer('chat', id, reading),
});

/** Whether this tab carries an answer, and so knows it best. */
export const isAnswerCarried = carrier.isCarried;

/** Carries an answer to its end, from wherever it stands. */
export const carryAnswer = carrier.carry;

/** Carries an answer no further that another tab has stopped. */
export const giveWayToAnswer = carrier.giveWay;

/** Stops an answer; what has arrived of it stays, and says so. */
export const stopAnswer = carrier.stop;

/** Tries an answer whose countdown is running again now. */
export function tryAnswerNow(id: string): void {
  changeMessage<Answer>(id, (one) => ({
    ...one,
    nextTry: one.nextTry && { ...one.nextTry, at: 0 },
  }));
}

/** Starts an answer that could not be started once more, under the same key. */
export function reopenAnswer(id: string): void {
  changeMessage<Answer>(id, reopenedAnswer);
  void keepAnswer(id).then(() => carryAnswer(id));
}

/** Looks up how long such an answer took before, to say what to expect. */
export async function expectAnswer(id: string): Promise<void> {
  const answer = findAnswer(id);
  if (!answer) return;
  const durations = await history.durations(kindOfTurn(answer.request)).catch(() => []);
  const expectedMs = expectedDuration(durations) ?? null;
  changeMessage<Answer>(id, (one) => ({ ...one, expectedMs }));
}

function findAnswer(id: string): Answer | undefined {
  const message = findMessage(id);
  return message?.role === 'assistant' ? message : undefined;
}

function apply(id: string, event: AnswerStateEvent): void {
  const before = findAnswer(id);
  changeMessage<Answer>(id, (answer) => reduceAnswer(answer, event));
  const answer = findAnswer(id);
  if (event.type === 'said') keepSoon(id);
  // An end is told twice: when it is seen, and when everything is kept.
  if (event.type !== 'end' || answer === before || answer?.durationMs == null) return;
  void history.addDuration(kindOfTurn(answer.request), answer.durationMs).catch(() => {});
}

const keepingSoon = new Set<string>();

function keepSoon(id: string): void {
  if (keepingSoon.has(id)) return;
  keepingSoon.add(id);
  setTimeout(() => {
    keepingSoon.delete(id);
    void keepAnswer(id);
  }, keepEveryMs);
}

async function keepAnswer(id: string): Promise<void> {
  const answer = findAnswer(id);
  if (!answer) return;
  try {
    await conversationHistory.saveMessage(answer);
    tellTabs({ type: 'message-kept', id, conversation: answer.conversation });
  } catch (error) {
    reportStorageProblem(storageProblem(error));
  }
}
