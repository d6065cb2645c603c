import type { PlannedCell } from '../../core/experiments/cell';
import { cellKeyText } from '../../core/experiments/cell-key';
import { cellRequest, rowRequest } from '../../core/experiments/cell-request';
import type { Definition } from '../../core/experiments/experiment';
import type { Model } from '../../core/models/model';
import { textHash } from './cell-id';

/** The cells of an experiment that can be sent, in the order in which they are started. */
export function plannedCells(definition: Definition, models: readonly Model[]): PlannedCell[] {
  const { template, repeats } = definition;
  const cells = new Map<string, PlannedCell>();
  for (const wish of definition.shapes) {
    for (const row of definition.models) {
      const of = rowRequest({ row, wish, attached: definition, models });
      if ('problems' in of) continue;
      for (let first = 0; first < repeats; first += of.perRequest) {
        const sends = cellRequest(of, template, repeats - first);
        const key = textHash(cellKeyText(sends, first));
        cells.set(key, { key, sends });
      }
    }
  }
  return [...cells.values()];
}
