'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { showOrphanRuns } from '@/lib/client/runs/orphan-runs';
import { useRuns } from '@/lib/client/runs/use-runs';
import type { ImageEndpoint } from '@/lib/core/endpoints/image-request';
import type { Model } from '@/lib/core/models/model';
import { FoundRuns } from './found-runs';
import { RemovedRun } from './removed-run';
import { RunAnnouncer } from './run-announcer';
import { RunCard } from './run-card';
import { StageNotices } from './stage-notices';
import { useShowNewest } from './use-show-newest';

/** What is under way and what was made last, newest first, and what was opened from Recent. */
export function RunList({
  endpoint,
  models,
  empty,
  className,
}: {
  endpoint: ImageEndpoint;
  models: readonly Model[];
  /** Shown before the first run. */
  empty: ReactNode;
  className: string;
}) {
  const t = useTranslations('stage');
  const allRuns = useRuns((state) => state.runs);
  const runs = allRuns.filter((run) => run.endpoint === endpoint);
  const removedId = useRuns((state) => state.removedId);
  const isReady = useRuns((state) => state.isReady);
  const openedId = useRuns((state) => state.openedId);
  // What another tab has started does not take the page away from whoever reads it.
  const isOwn = runs[0]?.id === openedId;
  const section = useShowNewest(runs[0]?.id, isReady, isOwn);
  return (
    <section
      ref={section}
      aria-label={t('label')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so a keyboard must get into it
      tabIndex={0}
      className={`relative -outline-offset-2 ${className}`}
    >
      <RunAnnouncer newest={runs[0]} />
      <StageNotices />
      <FoundRuns endpoint={endpoint} onShow={() => showOrphanRuns(endpoint)} />
      {runs.length === 0 && isReady && empty}
      {runs.length > 0 && (
        <ol className="flex flex-col">
          {runs.map((run) => (
            <li
              key={run.id}
              className="border-line px-5 pt-4 pb-6 [contain-intrinsic-size:auto_600px] [content-visibility:auto] not-first:border-t max-wide:px-3.5"
            >
              {run.id === removedId ? (
                <RemovedRun id={run.id} />
              ) : (
                <RunCard run={run} models={models} />
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
