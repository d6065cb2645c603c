'use client';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { openPage } from '@/lib/client/api/open-page';
import { cellRuns } from '@/lib/client/experiments/cell-runs';
import { lastAttempt, shownCell, useCells } from '@/lib/client/experiments/cells-store';
import { duplicateExperiment, useExperiments } from '@/lib/client/experiments/experiments-store';
import { plannedCells } from '@/lib/client/experiments/planned-cells';
import { runExperiment, stopExperiment, tryAgain } from '@/lib/client/experiments/run-experiment';
import { loadRunSet, removeRunSet } from '@/lib/client/experiments/run-set';
import { hasOnlyWords, type PlannedCell, wordsOf } from '@/lib/core/experiments/cell';
import type { Experiment } from '@/lib/core/experiments/experiment';
import { findModel } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import type { Cell, RunEntry } from '@/lib/core/runs/run-entry';
import { isInFlight, waitsForTurn } from '@/lib/core/runs/run-state';
import {
  formatDuration,
  formatLength,
  formatMoment,
  formatSizeForPeople,
} from '@/lib/i18n/formats';
import { FailureNotice } from '../controls/failure-notice';
import { useBudgetWords } from '../controls/sharing-words';
import { useElapsed } from '../controls/use-elapsed';
import { Button, IconButton } from '../ui/button';
import { Chip } from '../ui/chip';
import { useKeepFocus } from '../ui/focus';
import { CloseIcon } from '../ui/icons';
import { RunPictures } from './run-pictures';
import { RunSources } from './run-sources';
import { UndoNotice } from './stage-notices';
import { StopButton } from './stop-button';

/** A form that was sent to several models at once: their pictures side by side. */
export function RunSet({ id, models }: { id: string; models: readonly Model[] }) {
  const t = useTranslations('set');
  const experiment = useExperiments(({ experiments }) => experiments.find((one) => one.id === id));
  const [isGone, setGone] = useState(false);
  const [undo, setUndo] = useState<() => Promise<void>>();
  useEffect(() => {
    loadRunSet(id).then(
      (isThere) => setGone(!isThere),
      () => setGone(true),
    );
  }, [id]);
  if (undo) {
    const bringBack = () => void undo().then(() => setUndo(undefined));
    return <UndoNotice text={t('removed')} onUndo={bringBack} />;
  }
  if (!experiment) return isGone ? <p className="text-muted">{t('gone')}</p> : null;
  const remove = async () => {
    const restore = await removeRunSet(id);
    setUndo(() => restore);
  };
  return <SetCard experiment={experiment} models={models} onRemove={() => void remove()} />;
}

function SetCard({
  experiment,
  models,
  onRemove,
}: {
  experiment: Experiment;
  models: readonly Model[];
  onRemove: () => void;
}) {
  const t = useTranslations('set');
  const card = useRef<HTMLElement>(null);
  const focusHandlers = useKeepFocus(card);
  const { id, definition, state } = experiment;
  const router = useRouter();
  const vary = async () => {
    const copy = await duplicateExperiment(experiment);
    router.push(`/experiments?open=${copy}`);
  };
  const planned = useMemo(
    () => plannedCells({ ...experiment, only: null }, models),
    [experiment, models],
  );
  const keys = planned.map(({ key }) => key);
  const done = useCells(
    (cells) => keys.filter((key) => lastAttempt(cells, id, key)?.state === 'done').length,
  );
  const isBusy = useCells((cells) =>
    keys.some((key) => {
      const last = lastAttempt(cells, id, key);
      return last !== undefined && isInFlight(last);
    }),
  );
  const rows = definition.models.map(({ model }) => ({
    model,
    cells: planned.filter(({ sends }) => sends.request.model === model),
  }));
  const isUnderWay = isBusy || state === 'running';
  return (
    <article
      ref={card}
      data-testid="run-set"
      data-run={id}
      tabIndex={-1}
      {...focusHandlers}
      aria-label={t('label', { prompt: definition.template.slice(0, 80) })}
      aria-busy={isUnderWay}
      className="@container flex scroll-mt-4 flex-col gap-3 rounded-large outline-offset-8 focus-visible:outline-2"
    >
      <header className="flex items-start gap-x-3 gap-y-1.5 @max-[760px]:flex-wrap">
        <h2
          dir="auto"
          title={definition.template}
          className="line-clamp-2 min-w-0 flex-1 text-large font-semibold tracking-tight @max-[760px]:basis-[70%]"
        >
          {definition.template}
        </h2>
        <div className="flex shrink-0 items-center gap-1.5 @max-[760px]:order-last @max-[760px]:basis-full">
          {definition.edit && <RunSources edit={definition.edit} />}
          <Chip>{t('progress', { done, count: planned.length })}</Chip>
          <Button look="quiet" onClick={() => void openPage(vary)}>
            {t('vary')}
          </Button>
          {isUnderWay && <StopButton label={t('stop')} onStop={() => void stopExperiment(id)} />}
        </div>
        <IconButton
          label={t('remove')}
          className={`-my-1 ${isUnderWay ? 'invisible' : ''}`}
          onClick={onRemove}
        >
          <CloseIcon size={15} aria-hidden />
        </IconButton>
      </header>
      {state === 'paused' && <PausedNotice experiment={experiment} />}
      <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,220px),1fr))] items-start gap-x-4 gap-y-5">
        {rows.map(({ model, cells }) => (
          <li key={model} className="@container min-w-0">
            <SetHead modelId={model} first={cells[0]} models={models} />
            {cells.map((cell) => (
              <SetCell key={cell.key} experiment={experiment} planned={cell} models={models} />
            ))}
          </li>
        ))}
      </ul>
    </article>
  );
}

/** The model of a column, and the size that it was asked for. */
function SetHead({
  modelId,
  first,
  models,
}: {
  modelId: string;
  first: PlannedCell | undefined;
  models: readonly Model[];
}) {
  const locale = useLocale();
  const t = useTranslations('set');
  const { turn, request } = first?.sends ?? {};
  const { aspectRatio = '', imageSize = '' } = turn?.imageConfig ?? {};
  const size = turn ? `${aspectRatio} ${imageSize}`.trim() : request?.size;
  const shown = size && /^\d+x\d+$/.test(size) ? formatSizeForPeople(size) : size;
  return (
    <h3 className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-2">
      <span className="font-medium">{findModel(models, modelId)?.label[locale] ?? modelId}</span>
      <span className="text-small text-muted">
        {first ? shown !== 'auto' && <span className="font-mono">{shown}</span> : t('notStarted')}
      </span>
    </h3>
  );
}

function PausedNotice({ experiment: { id, pausedBecause } }: { experiment: Experiment }) {
  const t = useTranslations('set');
  const budget = useBudgetWords();
  const words = {
    asked: t('pausedAsked'),
    stopped: t('pausedStopped'),
    not_kept: t('pausedNotKept'),
    signed_out: t('pausedSignedOut'),
    budget_spent: t('pausedBudget', { hasRoom: budget.hasRoom }),
    part_done: t('pausedPart'),
  };
  return (
    <p
      role="status"
      className="flex flex-wrap items-center gap-2 rounded-large bg-sunken px-3.5 py-2.5 text-muted"
    >
      <span className="mr-auto">{words[pausedBecause ?? 'asked']}</span>
      <Button onClick={() => void runExperiment(id)}>{t('goOn')}</Button>
    </p>
  );
}

/** One request of a set: its pictures, or how it stands. */
function SetCell({
  experiment: { id, state },
  planned: { key },
  models,
}: {
  experiment: Experiment;
  planned: PlannedCell;
  models: readonly Model[];
}) {
  const t = useTranslations('set');
  const run = useTranslations('run');
  const cell = useCells((cells) => shownCell(cells, id, key));
  if (!cell) return <Place>{t(state === 'running' ? 'turn' : 'notStarted')}</Place>;
  const again = (label: string) => (
    <Button onClick={(event) => event.detail < 2 && void tryAgain(id, [key])}>{label}</Button>
  );
  return (
    <div className="flex flex-col gap-2">
      {isInFlight(cell) && <CellUnderWay cell={cell} isPaused={state === 'paused'} />}
      {cell.state === 'done' && (
        // As high as the line before, so that nothing moves.
        <p className="flex min-h-8 items-center text-small text-muted touch:min-h-10">
          {run('took', { time: formatLength(cell.durationMs ?? 0) })}
        </p>
      )}
      {/* What is there is shown whatever became of the rest. */}
      <RunPictures run={cell as unknown as RunEntry} models={models} isNarrow />
      {cell.trouble && cell.state === 'failed' && (
        <FailureNotice trouble={cell.trouble}>
          {again(cell.trouble.mayBeCharged ? t('againCharged') : t('again'))}
        </FailureNotice>
      )}
      {cell.state === 'cancelled' && (
        <p className="flex flex-wrap items-center justify-between gap-2 text-muted">
          {t('stopped')}
          {again(cell.durationMs === null ? t('again') : t('againCharged'))}
        </p>
      )}
      {hasOnlyWords(cell) && (
        <div>
          <p className="text-small text-muted">{t('onlyWords')}</p>
          <p dir="auto" className="mt-1 whitespace-pre-wrap break-words">
            {wordsOf(cell)}
          </p>
        </div>
      )}
    </div>
  );
}

function CellUnderWay({ cell, isPaused }: { cell: Cell; isPaused: boolean }) {
  const t = useTranslations('set');
  const locale = useLocale();
  const elapsedMs = useElapsed(cell.startedAt ?? cell.createdAt);
  const isInLine = waitsForTurn(cell);
  const isGivenUp = isPaused && isInLine;
  const words = () => {
    // It has given its place back.
    if (isGivenUp) return t('notStarted');
    if (cell.state === 'pausing' && cell.nextTry) {
      const at = Math.max(cell.nextTry.at, Date.now());
      return t(isInLine ? 'inLine' : 'waits', { time: formatMoment(at, locale) });
    }
    if (cell.startedAt === null) return t('sending');
    return t('underWay', { time: formatDuration(elapsedMs) });
  };
  return (
    <div className="text-small text-muted">
      <div className="flex items-center justify-between gap-2">
        <span role="timer" aria-live="off">
          {words()}
        </span>
        <StopButton label={t('stopOne')} onStop={() => void cellRuns.stop(cell.id)} />
      </div>
      {isInLine && !isPaused && (
        <p>{t(cell.trouble?.kind === 'queue_wait' ? 'whyInLine' : 'sentLater')}</p>
      )}
    </div>
  );
}

function Place({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-24 place-items-center rounded-large bg-place p-4 text-center text-muted">
      {children}
    </div>
  );
}
