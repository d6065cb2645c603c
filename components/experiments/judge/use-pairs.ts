import { useMemo, useState } from 'react';
import { textHash } from '@/lib/client/experiments/cell-id';
import { hasSeenResults } from '@/lib/client/experiments/judge';
import { addJudgements, undoJudgement } from '@/lib/client/experiments/judgements-store';
import { useJudgements } from '@/lib/client/experiments/use-judgements';
import { blocksOf, type PlacedPicture } from '@/lib/core/experiments/judging/blocks';
import {
  type Judge,
  type JudgedAnswer,
  type Judgement,
  judgeKey,
} from '@/lib/core/experiments/judging/judgement';
import { type JudgePair, nextPair, type ShownPair } from '@/lib/core/experiments/judging/next-pair';
import { seededChance } from '@/lib/core/experiments/seeded';
import { randomId } from '@/lib/core/random-id';
import { type DecodedPicture, useDecodedPictures } from './use-decoded-pictures';

/** A pair that can be shown. */
export interface DecodedPair {
  left: DecodedPicture;
  right: DecodedPicture;
}

/**
 * The pairs that a judge sees, one after the other. The next one is decoded while one is looked at, as
 * which pictures it has does not depend on the answer.
 */
export function usePairs({
  experiment,
  axis,
  judge,
  pictures,
}: {
  experiment: string;
  axis: string;
  judge: Judge;
  pictures: readonly PlacedPicture[];
}) {
  const judgements = useJudgements(experiment);
  const own = useMemo(
    () =>
      judgements?.filter((one) => one.axis === axis && judgeKey(one.judge) === judgeKey(judge)) ??
      [],
    [judgements, axis, judge],
  );
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const blocks = useMemo(
    () =>
      blocksOf(
        pictures.filter(({ picture }) => !gone.has(picture)),
        axis,
      ),
    [pictures, gone, axis],
  );
  // The same judgements are followed by the same pair, also after a reload or when one was undone.
  const pairAfter = (shown: readonly ShownPair[]) => {
    const seed = textHash(JSON.stringify([experiment, axis, judgeKey(judge), shown.length]));
    return nextPair(blocks, shown, seededChance(Number.parseInt(seed.slice(0, 8), 16)));
  };
  // How often this judge has answered or undone here: what other tabs judge changes no pair that is looked at.
  const [turn, setTurn] = useState(0);
  const isKnown = judgements !== undefined;
  // Without a list nothing is known of what was judged before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const pair = useMemo(
    () => (isKnown ? pairAfter(own) : undefined),
    [isKnown, turn, blocks, axis, judge],
  );
  const next = pair && pairAfter([...own, shownPair(pair, axis)]);
  const hashes = [pair, next].flatMap((one) => (one ? [one.left.picture, one.right.picture] : []));
  const decoded = useDecodedPictures(hashes);
  // Its pictures were removed meanwhile: another pair takes its place.
  const lost = hashes.filter((hash) => decoded.get(hash) === null && !gone.has(hash));
  if (lost.length > 0) setGone(new Set([...gone, ...lost]));

  const [left, right] = [pair?.left, pair?.right].map((one) => decoded.get(one?.picture ?? ''));
  const shown: DecodedPair | undefined = left && right ? { left, right } : undefined;
  // Since this was opened: what was judged on another day is not undone by a key.
  const [made, setMade] = useState<readonly string[]>([]);

  const answer = (given: JudgedAnswer) => {
    if (!pair || !shown) return;
    const judgement: Judgement = {
      ...shownPair(pair, axis),
      id: randomId(),
      experiment,
      axis,
      answer: given,
      judge,
      at: Date.now(),
      seenResults: hasSeenResults(experiment, axis),
    };
    setMade([...made, judgement.id]);
    setTurn(turn + 1);
    void addJudgements([judgement]);
  };
  const undo = () => {
    const last = made.at(-1);
    if (last === undefined) return;
    setMade(made.slice(0, -1));
    setTurn(turn + 1);
    void undoJudgement(last);
  };

  return {
    shown,
    /** Whether there is nothing to compare. */
    isEmpty: judgements !== undefined && !pair,
    count: own.filter(({ repeatOf }) => repeatOf === undefined).length,
    canUndo: made.length > 0,
    answer,
    undo,
  };
}

function shownPair(pair: JudgePair, axis: string): ShownPair & Pick<Judgement, 'left' | 'right'> {
  const side = ({ cell, picture, values }: PlacedPicture) => ({
    value: values[axis] as string,
    cell,
    picture,
  });
  const { block, repeatOf } = pair;
  return {
    id: '',
    block,
    left: side(pair.left),
    right: side(pair.right),
    ...(repeatOf !== undefined && { repeatOf }),
  };
}
