'use client';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { keepResultsWidth, loadResultsWidth } from '@/lib/client/edit/results-width';
import { editForm } from '@/lib/client/forms/image-forms';
import { useOrphanRuns } from '@/lib/client/runs/orphan-runs-store';
import { useRuns } from '@/lib/client/runs/runs-store';
import type { Model } from '@/lib/core/models/model';
import { laterPart } from '../controls/later-part';
import { PictureHosts } from '../controls/picture-hosts';
import { PromptScope } from '../controls/prompt-scope';
import { RecentStrip } from '../runs/recent-strip';
import { RunListView } from '../runs/run-list';
import { ColumnEdge } from '../ui/column-edge';
import { EditForm } from './edit-form';
import { EditStage } from './edit-stage';

const { endpoint } = editForm;
const Rows = laterPart(async () => (await import('./edit-rows')).EditRows);

/** The Edit page: the form, the picture with its mask, and the results. */
export function EditStudio({
  models,
  pictureHosts,
}: {
  models: readonly Model[];
  pictureHosts: readonly string[];
}) {
  const t = useTranslations('edit');
  const openPicker = useRef<() => void>(null);
  // The stage takes the whole width as long as there are no results.
  const hasKept = useRuns((state) => state.keptIds[endpoint].length > 0);
  const hasSets = useRuns((state) => state.sets[endpoint].length > 0);
  const hasRuns = useOrphanRuns(endpoint) > 0 || hasKept || hasSets;
  const [width, setWidth] = useState<number>();
  // Not in the first render, which is the server's as well.
  useEffect(() => setWidth(loadResultsWidth()), []);
  return (
    <PictureHosts value={pictureHosts}>
      <PromptScope>
        <div className="flex wide:min-h-0 wide:flex-1 max-wide:flex-[1_0_auto] max-wide:flex-col">
          <EditForm models={models} openPicker={openPicker} />
          <div className="relative flex min-h-0 min-w-0 flex-1 max-wide:order-first max-wide:contents max-columns:flex-col max-columns:overflow-y-auto">
            <EditStage onChoose={() => openPicker.current?.()} />
            {/* It is there before the first run, so that it can show that one. */}
            <section
              hidden={!hasRuns}
              aria-label={t('results')}
              style={{ '--width': width && `${width}px` } as CSSProperties}
              className="relative flex shrink-0 flex-col border-line bg-canvas columns:w-[min(50vw,var(--width,clamp(380px,26vw,720px)))] columns:border-l max-wide:order-1 max-columns:border-t"
            >
              <ColumnEdge
                label={t('resizeResults')}
                min={300}
                className="max-columns:hidden"
                onWidth={(next) => {
                  setWidth(next);
                  keepResultsWidth(next);
                }}
              />
              <RecentStrip endpoint={endpoint} layout="horizontal" />
              <RunListView
                endpoint={endpoint}
                models={models}
                Rows={Rows}
                empty={<p className="p-5 text-muted">{t('noResults')}</p>}
                className="min-h-0 flex-1 columns:overflow-y-auto"
              />
            </section>
          </div>
        </div>
      </PromptScope>
    </PictureHosts>
  );
}
