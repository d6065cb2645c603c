import { useEffect, useState } from 'react';
import { firstWithPictures } from '@/lib/client/runs/run-commands';
import { useRuns } from '@/lib/client/runs/runs-store';
import type { RunEntry } from '@/lib/core/runs/run-entry';

interface Neighbours {
  /** The next newer and the next older run with pictures. */
  newer?: RunEntry;
  older?: RunEntry;
}

/** The runs beside a run as the strip lists them, and its place there, from 1. */
export function useNeighbourRuns({
  id,
  endpoint,
}: RunEntry): Neighbours & { number: number; count: number } {
  const keptIds = useRuns((state) => state.keptIds[endpoint]);
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
