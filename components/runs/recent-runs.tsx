'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { dragPicture } from '@/lib/client/pictures/dragged-picture';
import { useKeptRun } from '@/lib/client/runs/kept-run';
import { openRun } from '@/lib/client/runs/run-commands';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { isInFlight } from '@/lib/core/runs/run-state';
import { sentAs } from '@/lib/core/runs/sent-pictures';
import { PartBoundary } from '../controls/part-boundary';
import { PictureCanvas } from '../controls/picture-canvas';
import { AlertIcon, HistoryIcon, SquareIcon, TrashIcon } from '../ui/icons';
import { VirtualList } from '../ui/virtual-list';
import type { RunPictureProps } from './run-actions';
import { showRun } from './run-focus';

const itemExtent = { vertical: 72, horizontal: 84 };

/** The runs in the strip, newest first; a click opens one. */
export function RecentRuns({
  ids,
  marked,
  orientation,
}: {
  ids: readonly string[];
  /** The run that is marked, if it is among them. */
  marked: string | null;
  orientation: 'vertical' | 'horizontal';
}) {
  const t = useTranslations('stage');
  const selected = ids.indexOf(marked ?? '');
  return (
    <VirtualList
      count={ids.length}
      itemExtent={itemExtent[orientation]}
      orientation={orientation}
      label={t('recent')}
      selectedIndex={selected === -1 ? null : selected}
      itemKey={(index) => ids[index] ?? ''}
      testId="recent-item"
      className="min-h-0 flex-1"
      renderItem={(index) => (
        <PartBoundary of={ids[index] ?? ''} fallback={<Unreadable />}>
          <RecentItem id={ids[index] ?? ''} />
        </PartBoundary>
      )}
      onSelect={async (index) => {
        const id = ids[index] ?? '';
        if (await openRun(id)) showRun(id);
      }}
    />
  );
}

/** One run in the strip: a thumbnail of its first picture, and the number of pictures. */
function RecentItem({ id }: { id: string }) {
  const t = useTranslations('stage');
  const run = useKeptRun(id);
  if (!run) return <Frame />;
  const pictures = picturesOf(run);
  const [first] = pictures;
  const count = pictures.length;
  return (
    <Frame title={run.request.prompt.slice(0, 300)}>
      <span className="sr-only">
        {t('recentItem', { prompt: run.request.prompt.slice(0, 80), count })}
      </span>
      {first ? <Thumbnail run={run} {...first} /> : <StateMark run={run} />}
      {count > 1 && (
        <span
          aria-hidden
          className="absolute right-1 bottom-1 rounded-[4px] bg-glass px-1 text-small text-white"
        >
          {count}
        </span>
      )}
    </Frame>
  );
}

function Unreadable() {
  const t = useTranslations('crash');
  return (
    <Frame title={t('part')}>
      <span className="sr-only">{t('part')}</span>
      <AlertIcon size={16} aria-hidden className="text-error" />
    </Frame>
  );
}

/** The state of a run without pictures, as an icon. */
function StateMark({ run }: { run: RunEntry }) {
  if (run.state === 'pausing') return <HistoryIcon size={16} aria-hidden className="text-warn" />;
  if (isInFlight(run)) return <span aria-hidden className="size-full breathe" />;
  if (run.state === 'cancelled') return <SquareIcon size={14} aria-hidden className="text-faint" />;
  if (run.slots.some(({ kind }) => kind === 'removed')) {
    return <TrashIcon size={15} aria-hidden className="text-faint" />;
  }
  return <AlertIcon size={16} aria-hidden className="text-error" />;
}

function Frame({ title, children }: { title?: string; children?: ReactNode }) {
  return (
    <span title={title} className="block size-full px-2.5 py-1 max-wide:px-1 max-wide:py-2">
      <span className="relative grid size-full place-items-center overflow-hidden rounded-small bg-sunken outline-offset-2 outline-accent group-focus-visible/item:outline-2 group-aria-[current=true]/item:outline-2">
        {children}
      </span>
    </span>
  );
}

function Thumbnail(place: RunPictureProps) {
  const dragged = sentAs(place);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its run's buttons do the same
    <span
      draggable
      onDragStart={({ dataTransfer }) => dragged && dragPicture(dataTransfer, dragged)}
      className="absolute inset-0"
    >
      <PictureCanvas hash={place.picture.hash} height={itemExtent.vertical} />
    </span>
  );
}
