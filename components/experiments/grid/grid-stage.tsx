'use client';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Forecast } from '@/lib/client/experiments/use-forecast';
import type { SeenCell } from '@/lib/core/experiments/cell-state';
import { type GridLayout, gridOf, usualLayout } from '@/lib/core/experiments/grid';
import type { Plan } from '@/lib/core/experiments/plan';
import type { Model } from '@/lib/core/models/model';
import { useProblemSentence } from '../../controls/words';
import { Button } from '../../ui/button';
import { CompareIcon } from '../../ui/icons';
import { useAxisWords } from '../axis-words';
import { CellComparison } from './cell-comparison';
import { CellValues } from './cell-facts';
import { CellSheet } from './cell-sheet';
import { CellViewer, type NamedCellPicture, type ViewedCell } from './cell-viewer';
import { GridTools } from './grid-tools';
import { GridView } from './grid-view';
import { useGridLook } from './use-grid-look';

const mostPicked = 4;

/** The grid with its tools, and what is opened from it. */
export function GridStage({
  plan,
  seen,
  forecast,
  models,
  onRetry,
  onLeaveOut,
}: {
  plan: Plan;
  seen: readonly SeenCell[];
  /** Of what waits to be sent. */
  forecast: Forecast | undefined;
  models: readonly Model[];
  onRetry: (index: number) => void;
  onLeaveOut: (index: number) => void;
}) {
  const t = useTranslations('experiments.grid');
  const words = useAxisWords(models);
  const look = useGridLook();
  const usual = useMemo(() => usualLayout(plan.axes), [plan.axes]);
  const [chosen, setChosen] = useState<{ axes: string; layout: GridLayout }>();
  const axes = plan.axes.map(({ id, values }) => `${id} ${values.length > 1}`).join();
  // A layout is for these axes; others have the usual one.
  const layout = chosen?.axes === axes ? chosen.layout : usual;
  const grid = useMemo(() => gridOf(plan, layout), [plan, layout]);
  const sentence = useProblemSentence(models);
  const [viewed, setViewed] = useState<ViewedCell>();
  const [told, setTold] = useState<ViewedCell>();
  const [goTo, setGoTo] = useState<{ cell: number }>();
  const [picked, setPicked] = useState<readonly number[]>([]);
  const [isComparing, setComparing] = useState(false);
  const nameOf = (index: number) =>
    plan.axes
      .map((axis, at) => ({ axis, value: plan.cells[index]?.at[at] ?? 0 }))
      .filter(({ axis }) => axis.values.length > 1)
      .map(({ axis, value }) =>
        [words.value(axis, value), words.aside(axis, value)].filter(Boolean).join(' '),
      )
      .join(' · ');
  const picturesOf = (index: number): NamedCellPicture[] =>
    (seen[index]?.pictures ?? []).map((picture) => ({ ...picture, label: nameOf(index) }));
  const compared = picked.flatMap((index) => picturesOf(index).slice(0, 1));
  // As the grid shows them: the next picture is that of the next cell.
  const withPictures = useMemo(() => {
    const places = new Map(plan.cells.map((cell, index) => [cell, index]));
    return grid.cells.flat().flatMap((cell) => {
      const index = cell && places.get(cell);
      return index !== undefined && (seen[index]?.pictures.length ?? 0) > 0 ? [index] : [];
    });
  }, [plan, grid, seen]);
  const valuesOf = (index: number) => (
    <CellValues axes={plan.axes} at={plan.cells[index]?.at ?? []} models={models} />
  );
  const pick = (index: number) =>
    setPicked((all) =>
      all.includes(index) ? all.filter((one) => one !== index) : [...all, index].slice(-mostPicked),
    );
  const view = (cell: number, page: number) => {
    const hasPictures = (seen[cell]?.pictures.length ?? 0) > 0;
    (hasPictures ? setViewed : setTold)({ cell, page });
  };
  const [toldPlan, toldSeen] = told ? [plan.cells[told.cell], seen[told.cell]] : [];
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <GridTools
        axes={plan.axes}
        layout={layout}
        look={look}
        models={models}
        onLayout={(next) => setChosen({ axes, layout: next })}
      />
      {picked.length > 0 && (
        <div className="flex items-center gap-2 px-4 pb-2">
          <span className="text-small text-muted">{t('picked', { count: picked.length })}</span>
          <Button
            why={compared.length < 2 ? t('pickTwo') : undefined}
            onClick={() => compared.length >= 2 && setComparing(true)}
          >
            <CompareIcon size={14} aria-hidden />
            {t('compare')}
          </Button>
          <Button look="quiet" onClick={() => setPicked([])}>
            {t('pickNone')}
          </Button>
        </div>
      )}
      <div className="flex min-h-0 flex-1 px-4 pb-2 max-wide:min-h-[70svh] max-wide:px-0">
        <GridView
          plan={plan}
          grid={grid}
          seen={seen}
          forecast={forecast}
          goTo={goTo}
          look={look}
          picked={picked}
          models={models}
          actions={{
            onView: view,
            onPick: pick,
            onCompare: () => compared.length >= 2 && setComparing(true),
            onRetry,
            onLeaveOut,
            onMore: (cell, page) => setTold({ cell, page }),
          }}
        />
      </div>
      {viewed && (
        <CellViewer
          cells={withPictures}
          viewed={viewed}
          picturesOf={picturesOf}
          values={valuesOf}
          models={models}
          onView={setViewed}
          onClose={() => {
            setGoTo({ cell: viewed.cell });
            setViewed(undefined);
          }}
        />
      )}
      {told && toldPlan && toldSeen && (
        <CellSheet
          label={nameOf(told.cell)}
          planned={toldPlan}
          seen={toldSeen}
          page={told.page}
          isPicked={picked.includes(told.cell)}
          sentence={sentence}
          values={valuesOf(told.cell)}
          onView={() => view(told.cell, told.page)}
          onPick={() => pick(told.cell)}
          onRetry={() => onRetry(told.cell)}
          onLeaveOut={() => onLeaveOut(told.cell)}
          onClose={() => {
            setGoTo({ cell: told.cell });
            setTold(undefined);
          }}
        />
      )}
      {isComparing && <CellComparison pictures={compared} onClose={() => setComparing(false)} />}
    </div>
  );
}
