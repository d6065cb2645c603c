'use client';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { cellsOf, useCells } from '@/lib/client/experiments/cells-store';
import {
  experimentsStore,
  loadExperiments,
  openExperiment,
  useExperiments,
} from '@/lib/client/experiments/experiments-store';
import type { OpenedFile } from '@/lib/client/experiments/open-experiment-file';
import { keyOf, planOf } from '@/lib/client/experiments/planned-cells';
import {
  loadCells,
  pauseExperiment,
  runExperiment,
  stopExperiment,
  tryAgain,
} from '@/lib/client/experiments/run-experiment';
import { keysOf, keysToRetry, seenCells } from '@/lib/client/experiments/seen-cells';
import { useForecast } from '@/lib/client/experiments/use-forecast';
import { canBeLeftOut, failuresOf, progressOf } from '@/lib/core/experiments/cell-state';
import { firstCombination } from '@/lib/core/experiments/plan';
import { promptTemplate } from '@/lib/core/experiments/prompt-template';
import type { Model } from '@/lib/core/models/model';
import { waitsForTurn } from '@/lib/core/runs/run-state';
import { laterPart } from '../controls/later-part';
import { PictureHosts } from '../controls/picture-hosts';
import { ChevronRightIcon } from '../ui/icons';
import { Segmented } from '../ui/segmented';
import { useIsWide } from '../ui/viewport';
import { EmptyStage, UnknownExperiment } from './empty-stage';
import { ExperimentList } from './experiment-list';
import { GridStage } from './grid/grid-stage';
import { PlanSheet } from './plan/plan-sheet';
import { RunBar } from './run-bar';
import { SetUp } from './set-up';
import { rename, useDefinition } from './use-definition';
import { useOpenInAddress } from './use-open-in-address';

const TakeAway = laterPart(async () => (await import('./take-away')).TakeAway);
const JudgingStage = laterPart(async () => (await import('./judge/judging-stage')).JudgingStage);

const views = ['plan', 'grid', 'judge', 'results'] as const;

/** The Experiments page: what is varied on the left, then the plan, and the grid of what came of it. */
export function ExperimentsStudio({
  models,
  pictureHosts,
  isFirstVisit,
}: {
  models: readonly Model[];
  pictureHosts: readonly string[];
  /** It is likely that there are no experiments, so the server's render shows a new one already. */
  isFirstVisit: boolean;
}) {
  const t = useTranslations('experiments');
  const judging = useTranslations('judging');
  const { experiment, definition, edit, keep } = useDefinition();
  const id = experiment?.id;
  useOpenInAddress();
  useEffect(() => {
    void loadExperiments();
  }, []);
  useEffect(() => {
    if (id !== undefined) void loadCells(id);
  }, [id]);
  const isReady = useExperiments((state) => state.isReady);
  // Removed, or of another browser.
  const openId = useExperiments((state) => state.openId);
  const isUnknown = openId !== null && isReady && !experiment;
  const isShown = isReady || experiment !== undefined || (isFirstVisit && openId === null);
  const [file, setFile] = useState<{ outcome: OpenedFile; openId: string | null }>();
  const wrong = file?.openId === openId && file.outcome !== 'opened' ? file.outcome : undefined;
  const openFile = async (chosen: Blob) => {
    // Lazy: few open one.
    const { openExperimentFile } = await import('@/lib/client/experiments/open-experiment-file');
    const outcome = await openExperimentFile(chosen).catch(() => 'no_experiment' as const);
    setFile({ outcome, openId: experimentsStore.getState().openId });
  };
  const cells = useCells((state) => state);
  // A plan of ten thousand cells must not hold up what is typed.
  const settled = useDeferredValue(definition);
  const read = useMemo(() => promptTemplate(definition), [definition]);
  // What was sent decides how many pictures each request asks for, and that does not change while it runs.
  const sentCount = useCells((state) => state.cells.size);
  // biome-ignore lint/correctness/useExhaustiveDependencies: further cells may change the plan
  const plan = useMemo(
    () => planOf({ id: id ?? '', definition: settled }, models),
    [id, settled, models, sentCount],
  );
  const seen = useMemo(
    () => seenCells(experiment ?? { id: '', state: 'draft', only: null }, plan, cells),
    [experiment, plan, cells],
  );
  const progress = useMemo(() => progressOf(seen), [seen]);
  const failures = useMemo(() => failuresOf(seen), [seen]);
  const isRunning = experiment?.state === 'running';
  // What waited for its turn when the experiment paused was never sent.
  const heldBack = isRunning ? 0 : cellsOf(cells, id ?? '').filter(waitsForTurn).length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a pause makes less of what was sent
  const unsent = useMemo(() => {
    const was = new Set(cellsOf(cells, id ?? '').map(({ cell }) => cell.key));
    for (const one of cellsOf(cells, id ?? '')) {
      if (!isRunning && waitsForTurn(one)) was.delete(one.cell.key);
    }
    return was.size === 0 ? plan.requests : plan.requests.filter((one) => !was.has(keyOf(one)));
  }, [plan, sentCount, id, isRunning, heldBack]);
  const only = isRunning ? experiment.only : null;
  const toSend = useMemo(() => {
    const wanted = only && new Set(only);
    return wanted ? unsent.filter((one) => wanted.has(keyOf(one))) : unsent;
  }, [unsent, only]);
  // A pause leaves under way what was sent, and that ends.
  const isUnderWay = isRunning || progress.running + progress.waiting + progress.inLine > 0;
  const forecast = useForecast(
    toSend,
    models,
    isUnderWay
      ? `${progress.running} ${progress.waitsUntil} ${progress.inLine} ${progress.nextTurnAt}`
      : undefined,
  );
  const [view, setView] = useState<(typeof views)[number]>('plan');
  const isSent =
    progress.ended + progress.running + progress.waiting + progress.inLine > 0 ||
    experiment?.state === 'paused';
  const isWide = useIsWide();
  const openedSent = isSent || isRunning;
  // Another experiment opens at what there is to see of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each experiment, and when it starts
  useEffect(() => setView(openedSent ? 'grid' : 'plan'), [id, openedSent]);

  const first = useMemo(() => [...new Set(firstCombination(plan).flatMap(keysOf))], [plan]);
  const start = async (only: string[] | null) => {
    await keep();
    if (id !== undefined) await runExperiment(id, only);
  };
  const commands = {
    run: () => void start(null),
    runFirst: () => void start(first),
    pause: () => id !== undefined && void pauseExperiment(id),
    stop: () => id !== undefined && void stopExperiment(id),
    retry: (indexes: readonly number[]) => void retry(indexes),
    requestsToRetry: (indexes: readonly number[]) => keysAt(indexes).length,
  };
  function keysAt(indexes: readonly number[]): string[] {
    const wanted = indexes.flatMap((index) => plan.cells[index] ?? []);
    return id === undefined ? [] : keysToRetry(id, wanted);
  }
  async function retry(indexes: readonly number[]) {
    await keep();
    if (id !== undefined) await tryAgain(id, keysAt(indexes));
  }
  const leaveOut = (index: number) => {
    const [cell, its] = [plan.cells[index], seen[index]];
    if (!cell || !its || !(cell.isLeftOut || canBeLeftOut(its))) return;
    const { key } = cell;
    edit((before) => ({
      ...before,
      leftOut: before.leftOut.includes(key)
        ? before.leftOut.filter((one) => one !== key)
        : [...before.leftOut, key],
    }));
    // It may be its turn in a moment.
    void keep();
  };
  const tooEarly = seen.some(({ pictures }) => pictures.length > 0)
    ? undefined
    : judging('tooEarly');
  const hasPlan = definition.template !== '' && definition.models.length > 0;
  return (
    <div className="flex wide:min-h-0 wide:flex-1 max-wide:flex-[1_0_auto] max-wide:flex-col">
      <div className="shrink-0 border-line bg-panel wide:w-[360px] wide:overflow-y-auto wide:border-r">
        <ExperimentList />
        {isShown && !isUnknown && (
          // Folded while it runs, and on a phone as long as there is something to see below.
          <details open={!isRunning && (isWide || !isSent)} className="group">
            <summary className="flex items-center gap-1 px-4 py-2.5 font-medium max-wide:px-3">
              <ChevronRightIcon size={14} aria-hidden className="group-open:rotate-90" />
              {t('setup.title')}
            </summary>
            <SetUp definition={definition} read={read} plan={plan} models={models} onEdit={edit} />
          </details>
        )}
      </div>
      <div
        aria-busy={!isReady}
        // On a phone what comes above would move it.
        className={`flex min-w-0 flex-1 flex-col wide:min-h-0 ${isShown ? '' : 'max-wide:hidden'}`}
      >
        {!isUnknown && (
          <RunBar
            experiment={experiment}
            plan={plan}
            unsent={unsent}
            forecast={forecast}
            firstRequests={first.length}
            progress={progress}
            failures={failures}
            models={models}
            commands={commands}
            onName={(name) => id !== undefined && rename(id, name)}
          />
        )}
        <p role="alert" className="px-4 py-2 text-small text-error empty:hidden max-wide:px-2.5">
          {wrong && t(`file.${wrong}`)}
        </p>
        {isShown && hasPlan && (
          <div className="flex flex-wrap items-center justify-between gap-2 px-4 pt-2.5 max-wide:px-2.5">
            <div className="w-96 max-w-full">
              <Segmented
                label={t('views')}
                value={view}
                choices={[
                  { value: 'plan', label: t('plan.title') },
                  { value: 'grid', label: t('grid.title') },
                  { value: 'judge', label: judging('judge'), why: tooEarly },
                  { value: 'results', label: judging('results'), why: tooEarly },
                ]}
                onChoose={(value) => setView(views.find((one) => one === value) ?? 'plan')}
              />
            </div>
            {experiment && isSent && (
              <TakeAway experiment={experiment} plan={plan} seen={seen} models={models} />
            )}
          </div>
        )}
        {!isShown ? null : isUnknown ? (
          <UnknownExperiment onNew={() => openExperiment(null)} />
        ) : !hasPlan ? (
          <EmptyStage models={models} onEdit={edit} onFile={(chosen) => void openFile(chosen)} />
        ) : view === 'plan' ? (
          <div className="min-h-0 flex-1 overflow-y-auto">
            <PlanSheet plan={plan} models={models} />
          </div>
        ) : (view === 'judge' || view === 'results') && experiment ? (
          <div className="min-h-0 flex-1 overflow-y-auto">
            <JudgingStage
              key={id}
              experiment={experiment}
              plan={plan}
              models={models}
              stage={view}
            />
          </div>
        ) : (
          <PictureHosts value={pictureHosts}>
            <GridStage
              key={id}
              plan={plan}
              seen={seen}
              forecast={forecast}
              models={models}
              onRetry={(index) => void retry([index])}
              onLeaveOut={leaveOut}
            />
          </PictureHosts>
        )}
      </div>
    </div>
  );
}
