'use client';
import { useEffect } from 'react';
import { wakeRuns } from '@/lib/client/carrier';
import { followTabs, resumeRuns } from '@/lib/client/kept-runs';
import { generateForm } from '@/lib/client/stores/generate-form';
import type { Model } from '@/lib/core/models/model';
import type { RunEntry } from '@/lib/core/run-entry';
import { PictureHosts } from '../controls/picture-hosts';
import { RecentStrip } from '../runs/recent-strip';
import { RunActionsContext } from '../runs/run-actions';
import { GenerateForm } from './generate-form';
import { Stage } from './stage';

const actions = { reuse: (run: RunEntry) => generateForm.replace(run.form) };

/** The Generate page: the form, beside it what is under way and was made last, and all that is kept. */
export function GenerateStudio({
  models,
  pictureHosts,
}: {
  models: readonly Model[];
  pictureHosts: readonly string[];
}) {
  useEffect(() => {
    void resumeRuns();
    const leaveTabs = followTabs();
    const onVisible = () => document.visibilityState === 'visible' && wakeRuns();
    window.addEventListener('online', wakeRuns);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      leaveTabs();
      window.removeEventListener('online', wakeRuns);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, []);
  return (
    <PictureHosts value={pictureHosts}>
      <RunActionsContext value={actions}>
        <div className="flex min-h-0 flex-1 max-wide:flex-col">
          <GenerateForm models={models} />
          <Stage models={models} />
          <RecentStrip />
        </div>
      </RunActionsContext>
    </PictureHosts>
  );
}
