import { type AnswerTold, reduceAnswer } from '../chat/answer-state';
import {
  type Answer,
  type AnswerPart,
  createUserMessage,
  isDraft,
  kindOfTurn,
  nothingSaid,
  pictureKey,
  textOfAnswer,
  type UserMessage,
} from '../chat/message';
import type { TurnFields } from '../endpoints/chat/chat-request';
import { emptyImageForm, type ImageForm } from '../endpoints/image-form';
import type { ImageRequest } from '../endpoints/image-request';
import type { EndpointName } from '../models/model';
import {
  type Cell,
  type CellPlace,
  createEntry,
  type EditSources,
  picturesOf,
  type RunEvent,
  reduceEntry,
  reopened,
  type Slot,
} from '../runs/run-entry';
import { kindOfRun } from '../runs/run-estimate';
import { isInFlight, waitsForTurn } from '../runs/run-state';

/** What a cell sends. Plain data. */
export interface CellRequest {
  endpoint: EndpointName;
  /** Of a chat: its model and prompt. */
  request: ImageRequest;
  form?: ImageForm;
  /** The pictures that go along, if any. */
  edit?: EditSources;
  /** The fields of a chat beside its one message. */
  turn?: TurnFields;
}

/** A cell of a plan: what is sent, and as what it is known. */
export interface PlannedCell {
  /** The SHA-256 of `cellKeyText`, in hex. */
  key: string;
  sends: CellRequest;
}

/** What happens to a cell: the events of its endpoint. */
export type CellEvent = RunEvent | AnswerTold;

const question = 'question';

/** A new cell, before its request is sent. @param now in ms since 1970 */
export function createCell({
  id,
  cell,
  sends: { endpoint, request, form = emptyImageForm, edit, turn },
  now,
}: {
  id: string;
  cell: CellPlace;
  sends: CellRequest;
  now: number;
}): Cell {
  const entry = createEntry({ id, request, form, edit, now, expectedMs: null });
  return { ...entry, endpoint, cell, ...(turn && { turn, said: nothingSaid() }) };
}

/** The cell after an event. What a chat has said so far decides what its slots hold. */
export function reduceCell(cell: Cell, event: CellEvent): Cell {
  if (event.type === 'transparency') return reduceEntry(cell, event);
  if (!cell.turn) return reduceEntry(cell, event as RunEvent);
  if (!isInFlight(cell)) return cell;
  const before = answerOf(cell, cell.turn);
  const { parts, fields, lifted, finishReason, usage, error, unreadable, ...answer } = reduceAnswer(
    before,
    event as Parameters<typeof reduceAnswer>[1],
  );
  const {
    role: _role,
    conversation: _conversation,
    parent: _parent,
    request: _turn,
    ...run
  } = answer;
  const said = { parts, fields, lifted, finishReason, usage, error, unreadable };
  return { ...cell, ...run, said, slots: slotsOf(parts, isInFlight(run)) };
}

/** A cell that could not be started, to be started once more under the same key. */
export function reopenedCell(cell: Cell): Cell {
  return { ...reopened(cell), ...(cell.turn && { said: nothingSaid() }) };
}

/** The answer to a chat's one message, as a conversation has it, with that message. */
export function conversationOf(cell: Cell, turn: TurnFields): [UserMessage, Answer] {
  const { id, createdAt, request, edit } = cell;
  const message = createUserMessage({
    id: question,
    conversation: id,
    parent: null,
    now: createdAt,
    text: request.prompt,
    pictures: (edit?.references ?? []).map((picture, index) => ({ ...picture, id: `${index}` })),
  });
  return [message, answerOf(cell, turn)];
}

/**
 * Whether a cell is under way or something came of it, so that nothing else is started at its place. What was
 * removed came too.
 */
export function holdsPlace(cell: Cell): boolean {
  if (cell.state !== 'done') return isInFlight(cell);
  const isThere = ({ kind }: Slot) => kind === 'picture' || kind === 'removed' || kind === 'link';
  return cell.slots.some(isThere) || wordsOf(cell).trim() !== '';
}

/**
 * Whether a cell is one of those that a model's lane has under way. One that waits after a 429 is not; one that
 * waits for its turn has a place in line, of which a lane has no more than it may have under way.
 */
export function isInLane(cell: Cell, model: string): boolean {
  if (cell.request.model !== model || !isInFlight(cell)) return false;
  return cell.state !== 'pausing' || waitsForTurn(cell);
}

/** Which runs take about as long as this request. */
export function durationKindOf({
  endpoint,
  request,
  turn,
}: Pick<CellRequest, 'endpoint' | 'request' | 'turn'>): string {
  if (turn) return kindOfTurn({ fields: turn });
  return kindOfRun(endpoint === 'edits' ? endpoint : 'generations', request);
}

/** What a cell's answer says in words; empty where it says nothing. */
export function wordsOf({ said }: Pick<Cell, 'said'>): string {
  return said ? textOfAnswer(said) : '';
}

/** The addresses that came in place of a cell's pictures. */
export function linksOf({ slots }: Pick<Cell, 'slots'>): string[] {
  return slots.flatMap((slot) => (slot.kind === 'link' ? [slot.url] : []));
}

/** Whether a cell's answer has words in place of a picture, as a refusal has. */
export function hasOnlyWords(cell: Cell): boolean {
  const hasPictures = picturesOf(cell).length > 0 || linksOf(cell).length > 0;
  return cell.state === 'done' && !hasPictures && wordsOf(cell).trim() !== '';
}

function answerOf(cell: Cell, fields: TurnFields): Answer {
  const { slots: _slots, request: _request, form: _form, cell: _cell, edit, said, ...run } = cell;
  const pictures = (edit?.references ?? []).map((_, index) => pictureKey(question, index));
  return {
    ...run,
    ...(said ?? nothingSaid()),
    role: 'assistant',
    endpoint: 'chat',
    conversation: cell.id,
    parent: question,
    request: { fields, systemPrompt: '', pictures, picturesAs: 'blocks' },
  };
}

/** The places on a chat's card: its pictures, without those that it made on the way. */
function slotsOf(parts: readonly AnswerPart[], isAwaited: boolean): Slot[] {
  const slots = parts.flatMap((part): Slot[] => {
    if (isDraft(part)) return [];
    switch (part.kind) {
      case 'picture': {
        const { writing: _writing, block: _block, ...picture } = part;
        return [picture];
      }
      case 'arriving':
        return [{ kind: 'arriving', bytes: part.bytes }];
      case 'link':
        return [{ kind: 'link', url: part.url }];
      case 'unusable':
        return [{ kind: 'invalid', reason: part.reason === 'base64' ? 'base64' : 'no_picture' }];
      default:
        return [];
    }
  });
  return slots.length === 0 && isAwaited ? [{ kind: 'waiting' }] : slots;
}
