import type { JudgedAnswer, Judgement } from './judgement';

/** A judgement of two values in a block; ids and times follow each other. */
export function judgement(
  sides: string,
  answer: JudgedAnswer,
  more: Partial<Judgement> = {},
): Judgement {
  const [left, right] = sides.split(' ') as [string, string];
  const block = more.block ?? '1';
  const side = (value: string) => ({
    value,
    cell: `${value}${block}`,
    picture: `${value}${block}`,
  });
  next++;
  return {
    id: String(next),
    experiment: 'tea',
    axis: 'model',
    block,
    left: side(left),
    right: side(right),
    answer,
    judge: { id: 'browser', name: 'Ada' },
    at: next,
    seenResults: false,
    ...more,
  };
}

let next = 0;
