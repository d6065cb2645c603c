export const judgedAnswers = ['left', 'right', 'tie', 'bad'] as const;

/** Which of two pictures is better; `bad`: neither is, and neither is good. */
export type JudgedAnswer = (typeof judgedAnswers)[number];

/** One of two pictures that were shown. */
export interface JudgedSide {
  /** Its value on the axis that is asked about. */
  value: string;
  /** The key of its cell. */
  cell: string;
  /** The hash of its bytes. */
  picture: string;
}

/** Who judges: one browser may be used by several people, and two people may have one name. */
export interface Judge {
  /** Of the browser. */
  id: string;
  /** As it was typed; empty: none was. */
  name: string;
}

/** One answer about two pictures. It never changes; what is undone is removed. */
export interface Judgement {
  id: string;
  experiment: string;
  /** The axis that is asked about. */
  axis: string;
  /** The block of both pictures (`blocksOf`). */
  block: string;
  left: JudgedSide;
  right: JudgedSide;
  answer: JudgedAnswer;
  judge: Judge;
  /** Unix time in ms. */
  at: number;
  /** The id of an earlier judgement of the same pictures, whose sides are swapped here. */
  repeatOf?: string;
  /** Whether the judge had seen results of this axis before. */
  seenResults: boolean;
}

/** Names a judge in maps. */
export const judgeKey = ({ id, name }: Judge): string => JSON.stringify([id, name]);

/** Reads a judgement that was kept somewhere; undefined where it is none. */
export function readJudgement(kept: unknown): Judgement | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const from = kept as Record<keyof Judgement, unknown>;
  const { id, experiment, axis, block, answer, at, repeatOf } = from;
  const [left, right, judge] = [readSide(from.left), readSide(from.right), readJudge(from.judge)];
  if (!isText(id) || !isText(experiment) || !isText(axis) || !isText(block)) return undefined;
  if (!left || !right || left.value === right.value || !judge || !isAnswer(answer))
    return undefined;
  if (typeof at !== 'number' || !Number.isFinite(at)) return undefined;
  return {
    id,
    experiment,
    axis,
    block,
    left,
    right,
    answer,
    judge,
    at,
    ...(isText(repeatOf) && { repeatOf }),
    seenResults: from.seenResults === true,
  };
}

/** All of several lists, each judgement once, in the order in which they were made. */
export function mergeJudgements(...lists: readonly (readonly Judgement[])[]): Judgement[] {
  const byId = new Map<string, Judgement>();
  for (const one of lists.flat()) if (!byId.has(one.id)) byId.set(one.id, one);
  return [...byId.values()].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isAnswer = (value: unknown): value is JudgedAnswer =>
  (judgedAnswers as readonly unknown[]).includes(value);

function readSide(kept: unknown): JudgedSide | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { value, cell, picture } = kept as Record<keyof JudgedSide, unknown>;
  if (!isText(value) || !isText(cell) || !isText(picture)) return undefined;
  return { value, cell, picture };
}

function readJudge(kept: unknown): Judge | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { id, name } = kept as Record<keyof Judge, unknown>;
  return isText(id) && isText(name) ? { id, name } : undefined;
}
