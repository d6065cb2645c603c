'use client';
import type { CSSProperties } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Run } from '@/lib/client/stores/runs';
import { pictureFileName } from '@/lib/core/file-name';
import { expectationOf } from '@/lib/core/picture-facts';
import { gridColumns } from '@/lib/core/picture-grid';
import { aspectOf } from '@/lib/core/size-shapes';
import { PictureCard } from '../controls/picture-card';
import { EmptySlot } from './empty-slot';

/** A run's pictures, each in its place as it comes. Two rows fit on the screen at once. */
export function RunPictures({ run }: { run: Run }) {
  const t = useTranslations('picture');
  const { prompt, size = 'auto', output_format: format } = run.request;
  const places = run.slots
    .map((slot, index) => ({ slot, index }))
    .filter(({ slot }) => slot.kind !== 'missing');
  if (places.length === 0) return null;
  const aspect = aspectOf(size);
  const columns = gridColumns(places.length);
  const rows = Math.min(2, Math.ceil(places.length / columns));
  const expected = expectationOf(run.request);
  const layout = {
    '--columns': columns,
    '--width': `calc((100dvh - 164px - ${rows * 34}px) / ${rows} * ${aspect} * ${columns})`,
  } as CSSProperties;
  return (
    <div
      style={layout}
      className={`grid items-start gap-x-3 gap-y-4 wide:max-w-(--width) wide:grid-cols-[repeat(var(--columns),minmax(0,1fr))] ${places.length > 1 ? 'max-wide:grid-cols-2' : ''}`}
    >
      {places.map(({ slot, index }) =>
        slot.kind === 'picture' ? (
          <PictureCard
            key={index}
            url={slot.url}
            byteLength={slot.byteLength}
            header={slot.header}
            expected={expected}
            alt={t('alt', {
              number: index + 1,
              count: run.slots.length,
              prompt: prompt.slice(0, 200),
            })}
            fileName={pictureFileName({
              prompt,
              index,
              format: slot.header?.format ?? (typeof format === 'string' ? format : 'png'),
            })}
          />
        ) : (
          <EmptySlot key={index} slot={slot} aspect={aspect} />
        ),
      )}
    </div>
  );
}
