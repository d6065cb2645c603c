'use client';
import { type CSSProperties, lazy, Suspense, useState } from 'react';
import { gridColumns } from '@/lib/core/pictures/picture-grid';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { aspectOf } from '@/lib/core/sizes/size-shapes';
import { EmptySlot } from './empty-slot';
import { RemovedPicture } from './removed-picture';
import { RunPicture } from './run-picture';

const RunViewer = lazy(() => import('./run-viewer'));

/** A run's pictures, each in its place as it comes. Two rows fit on the screen at once. */
export function RunPictures({ run }: { run: RunEntry }) {
  const [viewed, setViewed] = useState<number | null>(null);
  const { size = 'auto' } = run.request;
  const places = run.slots
    .map((slot, index) => ({ slot, index }))
    .filter(({ slot }) => slot.kind !== 'missing');
  if (places.length === 0) return null;
  const aspect = aspectOf(size);
  const columns = gridColumns({ count: places.length, aspect });
  const rows = Math.min(2, Math.ceil(places.length / columns));
  const layout = {
    '--columns': columns,
    '--width': `calc((100dvh - 164px - ${rows * 34}px) / ${rows} * ${aspect} * ${columns})`,
  } as CSSProperties;
  return (
    <div
      style={layout}
      className={`grid items-start gap-x-3 gap-y-4 wide:max-w-(--width) @min-[400px]:wide:grid-cols-[repeat(var(--columns),minmax(0,1fr))] ${places.length > 1 ? 'max-wide:grid-cols-2 @max-[400px]:grid-cols-2' : ''}`}
    >
      {places.map(({ slot, index }) => {
        switch (slot.kind) {
          case 'picture':
            return (
              <RunPicture
                key={index}
                run={run}
                index={index}
                picture={slot}
                onOpen={() => setViewed(index)}
              />
            );
          case 'removed':
            return <RemovedPicture key={index} run={run} index={index} aspect={aspect} />;
          default:
            return <EmptySlot key={index} slot={slot} aspect={aspect} />;
        }
      })}
      {viewed !== null && (
        <Suspense>
          <RunViewer run={run} index={viewed} onIndex={setViewed} onClose={() => setViewed(null)} />
        </Suspense>
      )}
    </div>
  );
}
