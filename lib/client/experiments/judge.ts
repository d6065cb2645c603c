import type { Judge } from '../../core/experiments/judging/judgement';
import { randomId } from '../../core/random-id';

const judgeKey = 'judge';
const seenKey = 'seen-results';

/** Whose judgements the next ones are; the id is the browser's. */
export function loadJudge(): Judge {
  const { id, name } = read<Partial<Judge>>(judgeKey, {});
  const judge = {
    id: typeof id === 'string' ? id : randomId(),
    name: typeof name === 'string' ? name : '',
  };
  if (judge.id !== id) keepJudge(judge);
  return judge;
}

export function keepJudge(judge: Judge): void {
  keep(judgeKey, judge);
}

/** Whether results of an axis were shown in this browser. */
export function hasSeenResults(experiment: string, axis: string): boolean {
  return seenResults().includes(seenName(experiment, axis));
}

/** Notes that results of an axis were shown: judgements are marked from now on. */
export function noteSeenResults(experiment: string, axis: string): void {
  keep(seenKey, [...new Set([...seenResults(), seenName(experiment, axis)])]);
}

const seenName = (experiment: string, axis: string) => JSON.stringify([experiment, axis]);

function seenResults(): string[] {
  const kept = read<unknown>(seenKey, []);
  return Array.isArray(kept) ? kept : [];
}

// Where nothing can be stored it holds for as long as the page.
const unkept = new Map<string, unknown>();

function read<Value>(key: string, otherwise: Value): Value {
  if (unkept.has(key)) return unkept.get(key) as Value;
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? otherwise;
  } catch {
    return otherwise;
  }
}

function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    unkept.delete(key);
  } catch {
    unkept.set(key, value);
  }
}
