'use client';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useKept } from '@/lib/client/browser/cookies';
import { useRuns } from '@/lib/client/runs/runs-store';
import type { ImageEndpoint } from '@/lib/core/endpoints/image-request';
import type { Model } from '@/lib/core/models/model';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { waitsForTurn } from '@/lib/core/runs/run-state';
import type { LaterPart } from '../controls/later-part';
import { PartBoundary } from '../controls/part-boundary';
import type { RunRowsProps } from './run-rows';
import { OrphanRunsNotice, StageNotices } from './stage-notices';

/** The newest runs, older ones as the list is scrolled, and those opened from Recent; newest first. */
export function RunListView({
  endpoint,
  models,
  Rows,
  empty,
  isFirstVisit = false,
  className,
}: {
  endpoint: ImageEndpoint;
  models: readonly Model[];
  /** `RunRows`, which a page loads later: on a first visit there are no runs. */
  Rows: LaterPart<RunRowsProps>;
  /** Shown before the first run. */
  empty: ReactNode;
  /** It is likely that there are none, so the server's render shows that already. */
  isFirstVisit?: boolean;
  className: string;
}) {
  const t = useTranslations('stage');
  const allRuns = useRuns((state) => state.runs);
  const runs = allRuns.filter((run) => run.endpoint === endpoint);
  const sets = useRuns((state) => state.sets[endpoint]);
  const hasRuns = runs.length > 0 || sets.length > 0;
  const newestId =
    (sets[0]?.createdAt ?? 0) > (runs[0]?.createdAt ?? 0) ? sets[0]?.id : runs[0]?.id;
  useKept(hasRuns);
  const isReady = useRuns((state) => state.isReady);
  const openedId = useRuns((state) => state.openedId);
  // A run started in another tab does not scroll this one.
  const isOwn = newestId === openedId;
  const areSeen = Rows.useIsThere();
  const section = useShowNewest(newestId, { isReady, isOwn, areSeen });
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
      <OrphanRunsNotice endpoint={endpoint} onShow={() => void showOrphans(endpoint)} />
      {!hasRuns && (isReady || isFirstVisit) && empty}
      {hasRuns && (
        <Rows endpoint={endpoint} models={models} runs={runs} sets={sets} list={section} />
      )}
    </section>
  );
}

// They were found by the same code, so it is there.
const showOrphans = async (endpoint: ImageEndpoint) =>
  (await import('@/lib/client/runs/orphan-runs')).showOrphanRuns(endpoint);

/** Announces the main state changes of the newest run to screen readers. */
function RunAnnouncer({ newest }: { newest: RunEntry | undefined }) {
  const t = useTranslations('stage');
  const turn = useTranslations('turn');
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
    if (waitsForTurn(run)) return turn('spoken');
    if (run.state === 'pausing') return t('paused');
    const count = run.asked;
    return shown === 0 ? t('started', { count }) : t('progress', { shown, count });
  }
}

/** Scrolls to the newest run when it was started in this tab. */
function useShowNewest(
  newestId: string | undefined,
  {
    isReady,
    isOwn,
    areSeen,
  }: {
    isReady: boolean;
    isOwn: boolean;
    /** Before that there is nothing to scroll to. */
    areSeen: boolean;
  },
) {
  const section = useRef<HTMLElement>(null);
  const shown = useRef<string>(undefined);
  useEffect(() => {
    const before = shown.current;
    const isNew = newestId !== undefined && before !== undefined && before !== newestId;
    if (isNew && !(isOwn && areSeen)) return;
    shown.current = isReady ? (newestId ?? '') : undefined;
    if (!isNew) return;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const behavior = isStill ? 'auto' : 'smooth';
    section.current?.scrollTo({ top: 0, behavior });
    // Where pages are narrow, the list stands below the form or the picture.
    const { top = 0 } = section.current?.getBoundingClientRect() ?? {};
    if (top < 0 || top > innerHeight / 2) section.current?.scrollIntoView({ behavior });
  }, [newestId, isReady, isOwn, areSeen]);
  return section;
}
