'use client';
import { Fragment, type RefObject, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { restoreRun, showOlderRuns } from '@/lib/client/runs/run-commands';
import { type RunSet as RunSetEntry, useRuns } from '@/lib/client/runs/runs-store';
import type { ImageEndpoint } from '@/lib/core/endpoints/image-request';
import type { Model } from '@/lib/core/models/model';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { laterPart } from '../controls/later-part';
import { PartBoundary } from '../controls/part-boundary';
import { Button } from '../ui/button';
import { RunCard } from './run-card';
import { focusRun } from './run-focus';
import { UndoNotice } from './stage-notices';
import { useMarkInView } from './use-mark-in-view';

export interface RunRowsProps {
  endpoint: ImageEndpoint;
  models: readonly Model[];
  /** Newest first. */
  runs: readonly RunEntry[];
  /** The forms that were sent to several models, newest first. */
  sets: readonly RunSetEntry[];
  /** What the rows scroll in. */
  list: RefObject<HTMLElement | null>;
}

const RunSet = laterPart(async () => (await import('./run-set')).RunSet);

const row =
  'border-line px-5 pt-4 pb-6 [contain-intrinsic-size:auto_600px] [content-visibility:auto] not-first:border-t max-wide:px-3.5';

/** The cards of a list of runs, and the button for older ones. */
export function RunRows({ endpoint, models, runs, sets, list }: RunRowsProps) {
  const removedId = useRuns((state) => state.removedId);
  useMarkInView(list, endpoint, runs.map(({ id }) => id).join());
  const keptIds = useRuns((state) => state.keptIds[endpoint]);
  const shownIds = new Set(runs.map(({ id }) => id));
  const firstMissing = keptIds.findIndex((id) => !shownIds.has(id));
  // Behind it stand only those that were opened from Recent.
  const before = new Set(keptIds.slice(0, Math.max(0, firstMissing)));
  const gap =
    firstMissing === -1
      ? -1
      : Math.max(
          0,
          runs.findLastIndex(({ id }) => before.has(id)),
        );
  const openedId = useRuns((state) => state.openedId);
  const newest = Math.max(runs[0]?.createdAt ?? 0, sets[0]?.createdAt ?? 0);
  const setsAfter = (index: number) => {
    const before = runs[index]?.createdAt ?? Number.POSITIVE_INFINITY;
    // Those that are older than all runs which are shown wait until these are.
    const isLast = index === runs.length - 1 && keptIds.length <= runs.length;
    const after = isLast ? 0 : (runs[index + 1]?.createdAt ?? (runs.length > 0 ? before : 0));
    const isEnd = index === runs.length - 1;
    return sets.filter(
      ({ id, createdAt }) =>
        createdAt < before && (createdAt >= after || (isEnd && id === openedId)),
    );
  };
  const rowsOf = (shown: readonly RunSetEntry[]) =>
    shown.map(({ id }) => (
      <li key={id} data-listed={id} className={row}>
        <PartBoundary of={id}>
          <RunSet id={id} models={models} />
        </PartBoundary>
      </li>
    ));
  return (
    <ol className="flex flex-col">
      {rowsOf(setsAfter(-1))}
      {runs.map((run, index) => (
        <Fragment key={run.id}>
          <li data-listed={run.id} className={row}>
            {run.id === removedId ? (
              <RemovedRun id={run.id} />
            ) : (
              <PartBoundary of={run.id}>
                <RunCard run={run} models={models} isNewest={run.createdAt === newest} />
              </PartBoundary>
            )}
          </li>
          {index === gap && (
            <OlderRuns
              endpoint={endpoint}
              count={keptIds.length - runs.length}
              isLast={gap === runs.length - 1}
            />
          )}
          {rowsOf(setsAfter(index))}
        </Fragment>
      ))}
    </ol>
  );
}

/**
 * Shows older runs as it comes into view. Where a run that was opened from Recent stands below it, it waits
 * for a click: the list would grow between the two until everything was shown.
 */
function OlderRuns({
  endpoint,
  count,
  isLast,
}: {
  endpoint: ImageEndpoint;
  count: number;
  isLast: boolean;
}) {
  const t = useTranslations('stage');
  const row = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: observed anew at each count, since it may still be in view
  useEffect(() => {
    if (!row.current || !isLast) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) showOlder(endpoint);
      },
      { rootMargin: '600px' },
    );
    observer.observe(row.current);
    return () => observer.disconnect();
  }, [endpoint, isLast, count]);
  return (
    <li ref={row} className="border-line border-t px-5 py-4 text-center max-wide:px-3.5">
      <Button look="quiet" onClick={() => showOlder(endpoint)}>
        {t('older', { count })}
      </Button>
    </li>
  );
}

// What cannot be read now stays behind the button.
const showOlder = (endpoint: ImageEndpoint) => void showOlderRuns(endpoint).catch(() => {});

/** In place of a removed run: undo, until the next run is removed. */
function RemovedRun({ id }: { id: string }) {
  const t = useTranslations('stage');
  const undo = () => {
    void restoreRun();
    focusRun(id);
  };
  return <UndoNotice text={t('removed')} onUndo={undo} />;
}
