'use client';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { SeenCell } from '@/lib/core/experiments/cell-state';
import { type GridLayout, usualLayout } from '@/lib/core/experiments/grid';
import type { Plan } from '@/lib/core/experiments/plan';
import type { Model } from '@/lib/core/models/model';
import { Button } from '../../ui/button';
import { CompareIcon } from '../../ui/icons';
import { useAxisWords } from '../axis-words';
import { CellComparison, CellViewer, type NamedCellPicture } from './cell-viewer';
import { GridTools } from './grid-tools';
import { GridView } from './grid-view';
import { useGridLook } from './use-grid-look';

const mostPicked = 4;

/** The grid with its tools, and what is opened from it. */
export function GridStage({
  plan,
  seen,
  models,
  onRetry,
  onLeaveOut,
}: {
  plan: Plan;
  seen: readonly SeenCell[];
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
  const [viewed, setViewed] = useState<{ cell: number; page: number }>();
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
  const opened = viewed && picturesOf(viewed.cell);
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
          seen={seen}
          layout={layout}
          look={look}
          picked={picked}
          models={models}
          actions={{
            onView: (cell, page) =>
              (seen[cell]?.pictures.length ?? 0) > 0 && setViewed({ cell, page }),
            onPick: (index) =>
              setPicked((all) =>
                all.includes(index)
                  ? all.filter((one) => one !== index)
                  : [...all, index].slice(-mostPicked),
              ),
            onCompare: () => compared.length >= 2 && setComparing(true),
            onRetry,
            onLeaveOut,
          }}
        />
      </div>
      {viewed && opened && opened.length > 0 && (
        <CellViewer
          pictures={opened}
          index={Math.min(viewed.page, opened.length - 1)}
          models={models}
          onIndex={(page) => setViewed({ ...viewed, page })}
          onClose={() => setViewed(undefined)}
        />
      )}
      {isComparing && <CellComparison pictures={compared} onClose={() => setComparing(false)} />}
    </div>
  );
}
