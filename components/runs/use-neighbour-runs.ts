import { useEffect, useState } from 'react';
import { cellsOf, cellsStore } from '@/lib/client/experiments/cells-store';
import { findExperiment } from '@/lib/client/experiments/experiments-store';
import { firstWithPictures } from '@/lib/client/runs/run-commands';
import { useRuns } from '@/lib/client/runs/runs-store';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';

interface Neighbours {
  /** The next newer and the next older run with pictures. */
  newer?: RunEntry;
  older?: RunEntry;
}

/** The runs beside a run, and its place among them, from 1. */
export function useNeighbourRuns(run: RunEntry): Neighbours & { number: number; count: number } {
  const kept = useKeptNeighbours(run);
  return run.cell ? neighbourCells(run) : kept;
}

/** The cells beside a cell: those of its experiment that have pictures, one model after the other. */
function neighbourCells({ id, cell }: RunEntry): Neighbours & { number: number; count: number } {
  const all = cellsOf(cellsStore.getState(), cell?.experiment ?? '').filter(
    (one) => picturesOf(one).length > 0,
  ) as unknown as RunEntry[];
  const { models = [] } = findExperiment(cell?.experiment ?? null)?.definition ?? {};
  const column = ({ request }: RunEntry) =>
    models.findIndex(({ model }) => model === request.model);
  const cells = all.sort(
    (one, other) => column(one) - column(other) || one.createdAt - other.createdAt,
  );
  const place = cells.findIndex((one) => one.id === id);
  return {
    newer: cells[place - 1],
    older: cells[place + 1],
    number: place + 1,
    count: cells.length,
  };
}

/** The runs beside a run as the strip lists them. */
const none: readonly string[] = [];

function useKeptNeighbours({ id, endpoint, cell }: RunEntry) {
  const keptIds = useRuns((state) => (cell ? none : state.keptIds[endpoint]));
  const removedId = useRuns((state) => state.removedId);
  const [found, setFound] = useState<Neighbours & { of?: string }>({});
  const ids = keptIds.filter((kept) => kept !== removedId || kept === id);
  const place = ids.indexOf(id);
  const list = ids.join(' ');
  useEffect(() => {
    let isWanted = true;
    const all = list.split(' ');
    const at = all.indexOf(id);
    const both = [
      firstWithPictures(all.slice(0, at).reverse()),
      firstWithPictures(all.slice(at + 1)),
    ];
    void Promise.all(both).then(([newer, older]) => isWanted && setFound({ of: id, newer, older }));
    return () => {
      isWanted = false;
    };
  }, [id, list]);
  const { newer, older } = found.of === id ? found : {};
  return { newer, older, number: place + 1, count: ids.length };
}
