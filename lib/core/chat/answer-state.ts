import type { ChatEvent, Fields } from '../endpoints/chat/answer';
import { failureOfEnvelope } from '../runs/run-failure';
import {
  isInFlight,
  type LocalRunEvent,
  reduceLocalRun,
  reopenedLocalRun,
} from '../runs/run-state';
import { type Answer, type AnswerPart, nothingSaid } from './message';

/** What a reader reports while an answer arrives. */
export type AnswerTold =
  /** `isFirst`: the answer is read from its first byte, so all its events are reported again. */
  | { type: 'said'; events: ChatEvent[]; isFirst: boolean }
  /** A picture's transparency, which is measured later, perhaps after the answer's end. */
  | { type: 'transparency'; hash: string; isTransparent: boolean }
  | { type: 'end'; durationMs: number | null };

export type AnswerStateEvent = Exclude<LocalRunEvent, { type: 'end' }> | AnswerTold;

/** The answer after an event; an answer that has ended does not change. */
export function reduceAnswer(answer: Answer, event: AnswerStateEvent): Answer {
  if (event.type === 'transparency') return withTransparency(answer, event);
  if (!isInFlight(answer)) return answer;
  switch (event.type) {
    case 'said': {
      const { events, isFirst } = event;
      return events.reduce(apply, isFirst ? { ...answer, ...nothingSaid() } : answer);
    }
    case 'pause':
      return { ...reduceLocalRun(answer, event), ...nothingSaid() };
    case 'end':
    case 'trouble': {
      const said = answer.error && failureOfEnvelope(answer.error);
      // The gateway's own error tells more than the fact that its answer broke off.
      const isNearer = said && (event.type === 'end' || said.kind !== 'broken_answer');
      const { durationMs } = event;
      const ending: LocalRunEvent = isNearer
        ? { type: 'trouble', trouble: said, durationMs }
        : event;
      return reduceLocalRun(settled(answer), ending);
    }
    case 'cancel':
      return reduceLocalRun(settled(answer), event);
    default:
      return reduceLocalRun(answer, event);
  }
}

/** An answer that could not be started, to be started once more under the same key. */
export function reopenedAnswer(answer: Answer): Answer {
  return { ...reopenedLocalRun(answer), ...nothingSaid() };
}

/** The answer after a piece of it was read. */
export function apply(answer: Answer, event: ChatEvent): Answer {
  switch (event.type) {
    case 'text-delta':
      return withText(answer, event.text, event.fields);
    case 'arriving':
      return withPart(answer, { kind: 'arriving', bytes: event.bytes });
    case 'picture': {
      const { picture, writing, block } = event;
      const same = answer.parts.findIndex(
        (part) => part.kind === 'picture' && part.hash === picture.hash,
      );
      if (same >= 0) return withFields(answer, same, block);
      return withPart(answer, { kind: 'picture', ...picture, writing, block });
    }
    case 'link': {
      const { url, host, block } = event;
      return withPart(answer, { kind: 'link', url, host, block });
    }
    case 'unusable': {
      const { reason, mediaType } = event;
      return withPart(answer, { kind: 'unusable', reason, mediaType });
    }
    case 'block': {
      const told = withPart(answer, { kind: 'other', block: event.block });
      return { ...told, lifted: { ...answer.lifted, ...event.lifted } };
    }
    case 'message-field':
      return {
        ...answer,
        fields: withField(answer.fields, event.name, event.value),
        lifted: { ...answer.lifted, ...event.lifted },
      };
    case 'replaced': {
      const kept = answer.parts.filter(({ kind }) => kind === 'picture' || kind === 'link');
      return { ...answer, parts: event.keepsPictures ? kept : [], fields: {}, lifted: {} };
    }
    case 'finish':
      return { ...answer, finishReason: event.reason };
    case 'usage':
      return { ...answer, usage: event.usage };
    case 'error':
      return { ...answer, error: event.envelope.error };
    case 'unreadable':
      return {
        ...answer,
        parts: withoutArriving(answer.parts),
        unreadable: answer.unreadable + 1,
      };
  }
}

// The same picture in two places: what one of them says of it beside the other is kept.
function withFields(answer: Answer, index: number, block: Fields): Answer {
  const parts = withoutArriving(answer.parts).map((part, at): AnswerPart => {
    if (at !== index || part.kind !== 'picture') return part;
    const { image_url: address } = part.block;
    const merged: Fields = { ...part.block, ...block, image_url: address };
    // It is the answer's, though it was a thought before.
    if (block.thought !== true) delete merged.thought;
    return { ...part, block: merged };
  });
  return { ...answer, parts };
}

// A block with fields of its own is a block of its own; everything else is one text that goes on.
function withText(answer: Answer, text: string, fields: Fields | undefined): Answer {
  const parts = withoutArriving(answer.parts);
  const last = parts.at(-1);
  if (fields || last?.kind !== 'text' || last.fields) {
    return { ...answer, parts: [...parts, { kind: 'text', text, fields: fields ?? null }] };
  }
  return { ...answer, parts: [...parts.slice(0, -1), { ...last, text: last.text + text }] };
}

function withPart(answer: Answer, part: AnswerPart): Answer {
  return { ...answer, parts: [...withoutArriving(answer.parts), part] };
}

function withTransparency(
  answer: Answer,
  { hash, isTransparent }: { hash: string; isTransparent: boolean },
): Answer {
  const parts = answer.parts.map((part) =>
    part.kind === 'picture' && part.hash === hash ? { ...part, isTransparent } : part,
  );
  return { ...answer, parts };
}

// The picture that was arriving is complete as soon as another event comes.
function withoutArriving(parts: AnswerPart[]): AnswerPart[] {
  return parts.at(-1)?.kind === 'arriving' ? parts.slice(0, -1) : parts;
}

// Text deltas are concatenated; a null changes nothing.
function withField(fields: Fields, name: string, value: unknown): Fields {
  const before = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (value === null && before !== undefined) return fields;
  const isDelta = typeof before === 'string' && typeof value === 'string';
  return { ...fields, [name]: isDelta ? before + value : value };
}

function settled(answer: Answer): Answer {
  const isCut = answer.parts.at(-1)?.kind === 'arriving';
  if (!isCut) return answer;
  return withPart(answer, { kind: 'unusable', reason: 'broken_off', mediaType: null });
}
