'use client';
import { Fragment, type ReactNode, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { keepCookie } from '@/lib/client/browser/cookies';
import { showOrphanRuns } from '@/lib/client/runs/orphan-runs';
import { restoreRun, showOlderRuns } from '@/lib/client/runs/run-commands';
import { useRuns } from '@/lib/client/runs/runs-store';
import type { ImageEndpoint } from '@/lib/core/endpoints/image-request';
import { keptCookie } from '@/lib/core/kept-cookie';
import type { Model } from '@/lib/core/models/model';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { PartBoundary } from '../controls/part-boundary';
import { Button } from '../ui/button';
import { RunCard } from './run-card';
import { focusRun } from './run-focus';
import { OrphanRunsNotice, StageNotices, UndoNotice } from './stage-notices';
import { useMarkInView } from './use-mark-in-view';

/** The newest runs, older ones as the list is scrolled, and those opened from Recent; newest first. */
export function RunListView({
  endpoint,
  models,
  empty,
  isFirstVisit = false,
  className,
}: {
  endpoint: ImageEndpoint;
  models: readonly Model[];
  /** Shown before the first run. */
  empty: ReactNode;
  /** It is likely that there are none, so the server's render shows that already. */
  isFirstVisit?: boolean;
  className: string;
}) {
  const t = useTranslations('stage');
  const allRuns = useRuns((state) => state.runs);
  const runs = allRuns.filter((run) => run.endpoint === endpoint);
  const hasRuns = runs.length > 0;
  useEffect(() => {
    if (hasRuns) keepCookie(keptCookie, '1');
  }, [hasRuns]);
  const removedId = useRuns((state) => state.removedId);
  const isReady = useRuns((state) => state.isReady);
  const openedId = useRuns((state) => state.openedId);
  // A run started in another tab does not scroll this one.
  const isOwn = runs[0]?.id === openedId;
  const section = useShowNewest(runs[0]?.id, isReady, isOwn);
  useMarkInView(section, endpoint, runs.map(({ id }) => id).join());
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
  return (
    <section
      ref={section}
      aria-label={t('label')}
      data-results
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
      tabIndex={0}
      className={`relative -outline-offset-2 max-wide:scroll-mt-[-8px] ${className}`}
    >
      <PartBoundary of={runs[0]?.id ?? ''} fallback={null}>
        <RunAnnouncer newest={runs[0]} />
      </PartBoundary>
      <StageNotices />
      <OrphanRunsNotice endpoint={endpoint} onShow={() => void showOrphanRuns(endpoint)} />
      {!hasRuns && (isReady || isFirstVisit) && empty}
      {hasRuns && (
        <ol className="flex flex-col">
          {runs.map((run, index) => (
            <Fragment key={run.id}>
              <li
                data-listed={run.id}
                className="border-line px-5 pt-4 pb-6 [contain-intrinsic-size:auto_600px] [content-visibility:auto] not-first:border-t max-wide:px-3.5"
              >
                {run.id === removedId ? (
                  <RemovedRun id={run.id} />
                ) : (
                  <PartBoundary of={run.id}>
                    <RunCard run={run} models={models} isNewest={index === 0} />
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
            </Fragment>
          ))}
        </ol>
      )}
    </section>
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

/** Announces the main state changes of the newest run to screen readers. */
function RunAnnouncer({ newest }: { newest: RunEntry | undefined }) {
  const t = useTranslations('stage');
  return (
    <p role="status" className="sr-only">
      {newest && words(newest)}
    </p>
  );

  function words(run: RunEntry): string {
    const shown = picturesOf(run).length;
    if (run.state === 'done') return t('finished', { count: shown });
    if (run.state === 'failed') return t('failed');
    if (run.state === 'cancelled') return t('stopped');
    if (run.state === 'pausing') return t('paused');
    const count = run.asked;
    return shown === 0 ? t('started', { count }) : t('progress', { shown, count });
  }
}

/** Scrolls to the newest run when it was started in this tab. */
function useShowNewest(newestId: string | undefined, isReady: boolean, isOwn: boolean) {
  const section = useRef<HTMLElement>(null);
  const shown = useRef<string>(undefined);
  useEffect(() => {
    const before = shown.current;
    const isNew = newestId !== undefined && before !== undefined && before !== newestId;
    if (isNew && !isOwn) return;
    shown.current = isReady ? (newestId ?? '') : undefined;
    if (!isNew) return;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const behavior = isStill ? 'auto' : 'smooth';
    section.current?.scrollTo({ top: 0, behavior });
    // Where pages are narrow, the list stands below the form or the picture.
    const { top = 0 } = section.current?.getBoundingClientRect() ?? {};
    if (top < 0 || top > innerHeight / 2) section.current?.scrollIntoView({ behavior });
  }, [newestId, isReady, isOwn]);
  return section;
}
