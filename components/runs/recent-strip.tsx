'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { dragPicture } from '@/lib/client/pictures/dragged-picture';
import { openRun } from '@/lib/client/runs/run-commands';
import { useKeptRun, useRuns } from '@/lib/client/runs/runs-store';
import type { ImageEndpoint } from '@/lib/core/endpoints/image-request';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { isInFlight } from '@/lib/core/runs/run-state';
import { sentAs } from '@/lib/core/runs/sent-pictures';
import { PartBoundary } from '../controls/part-boundary';
import { PictureCanvas } from '../controls/picture-canvas';
import { AlertIcon, HistoryIcon, SquareIcon, TrashIcon } from '../ui/icons';
import { useIsWide } from '../ui/viewport';
import { VirtualList } from '../ui/virtual-list';
import type { RunPictureProps } from './run-actions';
import { showRun } from './run-focus';

const itemExtent = { vertical: 72, horizontal: 84 };

/** All stored runs, newest first; a click opens one. */
export function RecentStrip({
  endpoint,
  layout = 'responsive',
}: {
  endpoint: ImageEndpoint;
  /** `horizontal`: a row at every screen width, for narrow columns. */
  layout?: 'responsive' | 'horizontal';
}) {
  const t = useTranslations('stage');
  const keptIds = useRuns((state) => state.keptIds[endpoint]);
  const removedId = useRuns((state) => state.removedId);
  const markedId = useRuns((state) => state.markedIds[endpoint]);
  const isUpright = useIsWide() && layout === 'responsive';
  const ids = keptIds.filter((id) => id !== removedId);
  // Stays while the last run can still be restored, so that the layout does not shift.
  if (keptIds.length === 0) return null;
  const orientation = isUpright ? 'vertical' : 'horizontal';
  const marked = ids.indexOf(markedId ?? '');
  return (
    <aside
      aria-label={t('recent')}
      className={`flex min-h-0 shrink-0 flex-col border-line bg-panel ${layout === 'responsive' ? 'wide:w-[104px] wide:border-l max-wide:h-[84px] max-wide:border-b max-wide:px-2' : 'h-[84px] border-b px-2'}`}
    >
      <h2 className={`px-3 pt-3 pb-1.5 text-small font-medium ${isUpright ? '' : 'sr-only'}`}>
        {t('recent')}
      </h2>
      <VirtualList
        count={ids.length}
        itemExtent={itemExtent[orientation]}
        orientation={orientation}
        label={t('recent')}
        selectedIndex={marked === -1 ? null : marked}
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
    </aside>
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
  if (isInFlight(run)) return <span aria-hidden className="size-full animate-breathe" />;
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
