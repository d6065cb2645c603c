import {
  type ChatSettings,
  type Conversation,
  pathTo,
  withChosen,
  withMessageSent,
} from '../../core/chat/conversation';
import {
  type ChatMessage,
  createAnswer,
  createUserMessage,
  type TurnRequest,
  type UserMessage,
} from '../../core/chat/message';
import { chatModel } from '../../core/chat/settings';
import { checkMessage, planTurn, turnBase } from '../../core/chat/turn-plan';
import type { Model } from '../../core/models/model';
import { randomId } from '../../core/random-id';
import type { ValidationProblem } from '../../core/validation';
import { chatRuns } from './chat-runs';
import { changeDraft, emptyDraft, findDraft, type MessageDraft } from './composer-store';
import {
  chatStore,
  findConversation,
  findMessage,
  putConversations,
  putMessages,
} from './conversations-store';
import { saveTurn } from './save-turn';

/**
 * Sends the draft of a conversation, and clears it; what it was changed to meanwhile stays.
 * @returns why it was not sent; empty if it was
 * @throws Error if the conversation's messages are not loaded: the new one would have a wrong parent
 */
export function sendMessage(
  conversation: string,
  models: readonly Model[],
  draft = findDraft(conversation),
): ValidationProblem[] {
  const path = chatStore.getState().paths[conversation];
  if (!path) throw new Error('The messages of this conversation are not loaded.');
  const parent = path.at(-1)?.id ?? null;
  const problems = say({ conversation, parent, ...draft, models });
  const isChanged = findDraft(conversation) !== draft;
  if (problems.length === 0 && !isChanged) changeDraft(conversation, () => emptyDraft);
  return problems;
}

/** Sends a changed copy of an earlier message as a branch beside it, and shows the branch. */
export function editMessage(
  id: string,
  draft: MessageDraft,
  models: readonly Model[],
): ValidationProblem[] {
  const message = findMessage(id);
  if (!message) return [];
  const { conversation, parent } = message;
  return say({ conversation, parent, ...draft, models });
}

/**
 * Asks for another answer to the same message with the current settings, as a branch beside the existing
 * answer. After a failed or stopped answer this is the retry.
 * @param picturesAs `user` after the gateway has refused the pictures of answers; default: as before
 */
export function regenerate(
  id: string,
  models: readonly Model[],
  picturesAs?: TurnRequest['picturesAs'],
): ValidationProblem[] {
  const answer = findMessage(id);
  const conversation = answer && findConversation(answer.conversation);
  const question = answer?.parent ? findMessage(answer.parent) : undefined;
  if (!conversation || question?.role !== 'user') return [];
  return ask({ conversation, question, before: answer, models, picturesAs });
}

function say({
  models,
  ...said
}: MessageDraft & {
  conversation: string;
  parent: string | null;
  models: readonly Model[];
}): ValidationProblem[] {
  const conversation = findConversation(said.conversation);
  if (!conversation) return [];
  const question = createUserMessage({ ...said, id: randomId(), now: Date.now() });
  return ask({ conversation, question, models });
}

function ask({
  conversation,
  question,
  before,
  models,
  picturesAs,
}: {
  conversation: Conversation;
  question: UserMessage;
  /** The existing answer; absent for a new message. */
  before?: ChatMessage;
  models: readonly Model[];
  /** How the pictures of answers are sent, if not as before. */
  picturesAs?: TurnRequest['picturesAs'];
}): ValidationProblem[] {
  const settings = settingsAfter(conversation.settings, before);
  const known = new Map(Object.entries(chatStore.getState().messages));
  const path = pathTo(known.set(question.id, question), question.id);
  const { text, pictures } = question;
  const model = chatModel(settings, models);
  const usual = model && turnBase(before ? [...path, before] : path, settings, model);
  const base = usual && { ...usual, picturesAs: picturesAs ?? usual.picturesAs };
  const takesPictures = model?.references !== null;
  const plan = base && planTurn({ path, choices: conversation.pictures, base, takesPictures });
  const problems = checkMessage({
    path: path.slice(0, -1),
    text,
    pictures,
    bytes: plan?.bytes ?? 0,
    settings,
    models,
  });
  if (problems.length > 0 || !plan) return problems;
  const request: TurnRequest = {
    ...base,
    pictures: plan.pictures.filter(({ isSent }) => isSent).map(({ key }) => key),
  };
  const answer = createAnswer({
    id: randomId(),
    conversation: conversation.id,
    parent: question.id,
    now: Date.now(),
    request,
  });
  const sent = before ? conversation : withMessageSent(conversation, question);
  const chosen = withChosen(withChosen(sent.chosen, question), answer);
  const changed = { ...sent, chosen, updatedAt: answer.createdAt };
  const messages = before ? [answer] : [question, answer];
  putConversations([changed]);
  putMessages(changed.id, messages);
  chatRuns.start(answer.id, saveTurn(changed, messages));
  return [];
}

/** The settings; where nobody has chosen a model, the one of the answer that is asked for again. */
function settingsAfter(settings: ChatSettings, before: ChatMessage | undefined): ChatSettings {
  if (before?.role !== 'assistant' || settings.model !== null) return settings;
  return { ...settings, model: before.request.fields.model };
}
