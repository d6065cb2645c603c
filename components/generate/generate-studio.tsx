'use client';
import { generateForm } from '@/lib/client/forms/generate-form';
import type { Model } from '@/lib/core/models/model';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { PictureHosts } from '../controls/picture-hosts';
import { RecentStrip } from '../runs/recent-strip';
import { RunActionsContext } from '../runs/run-actions';
import { RunList } from '../runs/run-list';
import { EmptyStage } from './empty-stage';
import { GenerateForm } from './generate-form';

const { endpoint } = generateForm;
const actions = { reuse: (run: RunEntry) => generateForm.replace(run.form) };

/** The Generate page: the form, beside it what is under way and was made last, and all that is kept. */
export function GenerateStudio({
  models,
  pictureHosts,
}: {
  models: readonly Model[];
  pictureHosts: readonly string[];
}) {
  return (
    <PictureHosts value={pictureHosts}>
      <RunActionsContext value={actions}>
        <div className="flex min-h-0 flex-1 max-wide:flex-col">
          <GenerateForm models={models} />
          <RunList
            endpoint={endpoint}
            models={models}
            empty={<EmptyStage />}
            className="min-w-0 flex-1 wide:overflow-y-auto max-wide:order-last max-wide:min-h-[calc(100dvh-var(--bar))] max-wide:pb-28"
          />
          <RecentStrip endpoint={endpoint} />
        </div>
      </RunActionsContext>
    </PictureHosts>
  );
}
