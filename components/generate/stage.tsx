'use client';
import { useTranslations } from 'use-intl/react';
import { useRuns } from '@/lib/client/stores/use-runs';
import type { Model } from '@/lib/core/models/model';
import { EmptyStage } from './empty-stage';
import { RemovedRun } from './removed-run';
import { RunAnnouncer } from './run-announcer';
import { RunCard } from './run-card';
import { useShowNewest } from './use-show-newest';

/** Everything that was started, newest first. */
export function Stage({ models }: { models: readonly Model[] }) {
  const t = useTranslations('stage');
  const runs = useRuns((state) => state.runs);
  const removedId = useRuns((state) => state.removedId);
  const section = useShowNewest(runs[0]?.id);
  return (
    <section
      ref={section}
      aria-label={t('label')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so a keyboard must get into it
      tabIndex={0}
      className="relative min-w-0 flex-1 scroll-mt-12 -outline-offset-2 wide:overflow-y-auto max-wide:pb-28"
    >
      <RunAnnouncer />
      {runs.length === 0 ? (
        <EmptyStage />
      ) : (
        <ol className="flex flex-col">
          {runs.map((run) => (
            <li
              key={run.id}
              className="border-line px-5 pt-4 pb-6 not-first:border-t max-wide:px-3.5"
            >
              {run.id === removedId ? <RemovedRun /> : <RunCard run={run} models={models} />}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
