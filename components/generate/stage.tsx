'use client';
import { useTranslations } from 'use-intl/react';
import { useRuns } from '@/lib/client/stores/use-runs';
import type { Model } from '@/lib/core/models/model';
import { RemovedRun } from '../runs/removed-run';
import { RunAnnouncer } from '../runs/run-announcer';
import { RunCard } from '../runs/run-card';
import { StageNotices } from '../runs/stage-notices';
import { useShowNewest } from '../runs/use-show-newest';
import { EmptyStage } from './empty-stage';

/** What is under way and what was made last, newest first, and what was opened from Recent. */
export function Stage({ models }: { models: readonly Model[] }) {
  const t = useTranslations('stage');
  const runs = useRuns((state) => state.runs);
  const removedId = useRuns((state) => state.removedId);
  const isReady = useRuns((state) => state.isReady);
  const section = useShowNewest(runs[0]?.id, isReady);
  return (
    <section
      ref={section}
      aria-label={t('label')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so a keyboard must get into it
      tabIndex={0}
      className="relative min-w-0 flex-1 -outline-offset-2 wide:overflow-y-auto max-wide:order-last max-wide:min-h-[calc(100dvh-48px)] max-wide:pb-28"
    >
      <RunAnnouncer />
      <StageNotices />
      {runs.length === 0 && isReady && <EmptyStage />}
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
