'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { loadThumbnail } from '@/lib/client/pictures/thumbnails';
import { useBlobUrl } from '@/lib/client/pictures/use-picture-url';
import { useKeptRun } from '@/lib/client/runs/use-kept-run';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { isInFlight } from '@/lib/core/runs/run-state';
import { AlertIcon, HistoryIcon, SquareIcon, TrashIcon } from '../ui/icons';

/** One kept run in the strip: its first picture small, and how many there are. */
export function RecentItem({ id }: { id: string }) {
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
      {first ? <Thumbnail hash={first.picture.hash} /> : <StateMark run={run} />}
      {count > 1 && (
        <span
          aria-hidden
          className="absolute right-1 bottom-1 rounded-[4px] bg-glass px-1 font-mono text-tiny text-white"
        >
          {count}
        </span>
      )}
    </Frame>
  );
}

/** A run without a picture to show: how it stands. */
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

function Thumbnail({ hash }: { hash: string }) {
  const url = useBlobUrl(hash, loadThumbnail);
  if (!url) return null;
  return (
    // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
    <img src={url} alt="" className="absolute inset-0 size-full object-cover" />
  );
}
