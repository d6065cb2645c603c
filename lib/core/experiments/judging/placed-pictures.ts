import type { Plan } from '../plan';
import type { PlacedPicture } from './blocks';

/** The axis of the repeats: pictures of one combination are numbered from 1. */
const repeatAxis = 'repeat';

/** What a request was answered with. */
export interface AnsweredRequest {
  /** The key of its cell. */
  cell: string;
  /** The hashes of its pictures by their place in the answer; undefined where none has arrived. */
  pictures: readonly (string | undefined)[];
}

/**
 * The pictures of a plan that have arrived, each with its value on every axis. What was left out of the plan
 * is not judged.
 * @param answerTo what a request with this text was answered with
 */
export function placePictures(
  { axes, cells }: Pick<Plan, 'axes' | 'cells'>,
  answerTo: (text: string) => AnsweredRequest | undefined,
): PlacedPicture[] {
  return cells
    .filter(({ isLeftOut }) => !isLeftOut)
    .flatMap(({ at, requests }) => {
      const values = Object.fromEntries(
        axes.map((axis, index) => [axis.id, axis.values[at[index] ?? 0]?.id ?? '']),
      );
      let before = 0;
      return requests.flatMap(({ text, sends }) => {
        const first = before;
        const asked = sends.request.n ?? 1;
        before += asked;
        const answer = answerTo(text);
        return (answer?.pictures ?? []).slice(0, asked).flatMap((picture, index) => {
          if (picture === undefined || !answer) return [];
          const repeat = String(first + index + 1);
          return [{ cell: answer.cell, picture, values: { ...values, [repeatAxis]: repeat } }];
        });
      });
    });
}
