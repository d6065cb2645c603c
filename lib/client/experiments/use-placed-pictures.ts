import { useMemo } from 'react';
import type { PlacedPicture } from '../../core/experiments/judging/blocks';
import { placePictures } from '../../core/experiments/judging/placed-pictures';
import type { Plan } from '../../core/experiments/plan';
import { shownCell, useCells } from './cells-store';
import { keyOf } from './planned-cells';

/** The pictures of an experiment that have arrived, each with its value on every axis. */
export function usePlacedPictures(experiment: string, plan: Plan): PlacedPicture[] {
  const cells = useCells((state) => state);
  return useMemo(
    () =>
      placePictures(plan, (text) => {
        const cell = keyOf({ text });
        const shown = shownCell(cells, experiment, cell);
        if (!shown) return undefined;
        const pictures = shown.slots.map((slot) =>
          slot.kind === 'picture' ? slot.hash : undefined,
        );
        return { cell, pictures };
      }),
    [cells, experiment, plan],
  );
}
