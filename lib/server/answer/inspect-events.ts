import 'server-only';
import { readErrorEnvelope } from '../../core/api-error';
import { createJsonReader, JsonSyntaxError, type JsonValue } from '../../core/bytes/json-stream';
import { createSseScanner } from '../../core/bytes/sse-scan';
import { isObject } from '../../core/endpoints/options';
import { type AnswerInspector, invalidAnswer } from './inspect-answer';

const maxHeldBytes = 16 * 1024;

/**
 * Inspects a streamed chat answer event by event, keeping no picture. Events that are no JSON are
 * let through: some gateways send words of their own as a sign of life.
 */
export function inspectEvents(): AnswerInspector {
  let passed = 0;
  let choices = 0;
  let alive = false;
  let failure: string | undefined;
  let done = false;
  let event = createEventReader();
  let current: Uint8Array = new Uint8Array(0);
  // Where, in the current chunk, the data of the last event ends.
  let dataEnd = 0;
  let cut: number | undefined;
  const scanner = createSseScanner({
    data(slice) {
      event.write(slice);
      if (slice.buffer !== current.buffer) return;
      dataEnd = slice.byteOffset + slice.length - current.byteOffset;
    },
    dispatch() {
      take(event.end());
      if (failure !== undefined) cut ??= dataEnd;
      event = createEventReader();
    },
    comment() {
      alive = true;
    },
  });

  function take(read: EventContent): void {
    if (read.kind === 'done') done = true;
    if (read.kind !== 'json') return;
    failure ??= readErrorEnvelope(read.value)?.error.message;
    if (failure !== undefined) return;
    alive = true;
    if (isObject(read.value) && Array.isArray(read.value.choices)) choices++;
  }

  function isOver(): boolean {
    return done || failure !== undefined;
  }

  return {
    write(chunk) {
      passed += chunk.length;
      [current, dataEnd, cut] = [chunk, 0, undefined];
      scanner.write(chunk);
      // After an error event nothing may follow, least of all a [DONE] from the same chunk.
      return cut === undefined
        ? chunk
        : Buffer.concat([chunk.subarray(0, cut), Buffer.from('\n\n')]);
    },
    end() {
      const { unfinished } = scanner.end();
      // A last event may lack its blank line; then its JSON must be whole at least.
      if (unfinished) {
        const last = event.end();
        if (last.kind === 'other') throw invalidAnswer('it broke off in the middle of an event');
        take(last);
      }
      // An error event after a good beginning has gone out as it came.
      const said = failure === undefined ? undefined : invalidAnswer(`it is an error: ${failure}`);
      if (said && !alive) throw said;
      if (said) return said;
      if (choices === 0) throw invalidAnswer('the stream ended with nothing said');
      return undefined;
    },
    get promising() {
      return alive || passed > maxHeldBytes;
    },
    get over() {
      return isOver();
    },
  };
}

type EventContent = { kind: 'json'; value: JsonValue } | { kind: 'done' } | { kind: 'other' };

function createEventReader() {
  const reader = createJsonReader({ passesUnseen: true });
  let start = '';
  let readable = true;
  const attempt = (read: () => void) => {
    if (!readable) return;
    try {
      read();
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      readable = false;
    }
  };
  return {
    write(slice: Uint8Array) {
      if (start.length < 16) start += Buffer.from(slice.subarray(0, 16)).toString('latin1');
      attempt(() => reader.write(slice));
    },
    end(): EventContent {
      if (start.trim() === '[DONE]') return { kind: 'done' };
      let content: EventContent = { kind: 'other' };
      attempt(() => {
        content = { kind: 'json', value: reader.end() };
      });
      return content;
    },
  };
}
