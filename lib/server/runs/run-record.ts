import 'server-only';
import type { EndpointName } from '../../core/models/model';
import type { Run } from '../../core/runs/run';
import type { AnswerHead } from './run-store';

// Of an error's words so many characters are kept for the list; the answer has them all.
const mostWords = 1000;
const mostCode = 200;

/** A run at its beginning. @param createdAt in ms since 1970 */
export function newRun(id: string, endpoint: EndpointName, createdAt: number): Run {
  return {
    id,
    endpoint,
    model: null,
    state: 'uploading',
    status: null,
    createdAt,
    firstByteAt: null,
    endedAt: null,
    receivedBytes: 0,
    bytes: 0,
    error: null,
  };
}

/**
 * What is kept in memory of a run that has ended. It is a copy, because a part of a text keeps the whole
 * text in memory; and what a gateway wrote is cut, so that no run takes more than a few KB.
 */
export function endedRun(run: Run): Run {
  const { error } = run;
  return copyOf({
    ...run,
    error: error && {
      message: cut(error.message, mostWords),
      type: cut(error.type, mostCode),
      param: error.param && cut(error.param, mostCode),
      code: error.code && cut(error.code, mostCode),
    },
  });
}

/** The same for the head of its answer. Headers that are too long to be cut are dropped. */
export function endedHead({ status, headers }: AnswerHead): AnswerHead {
  const short = Object.entries(headers).filter(([, value]) => value.length <= mostWords);
  return copyOf({ status, headers: Object.fromEntries(short) });
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not between the two halves of a character.
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function copyOf<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
