'use client';
import { useTranslations } from 'use-intl/react';
import type { Axis } from '@/lib/core/experiments/axes';
import { type GridLayout, withAxisAt } from '@/lib/core/experiments/grid';
import type { Model } from '@/lib/core/models/model';
import { IconButton } from '../../ui/button';
import { Slider } from '../../ui/field';
import { MinusIcon, PlusIcon } from '../../ui/icons';
import { useAxisWords } from '../axis-words';
import { cellSizes, type useGridLook } from './use-grid-look';

const field = 'flex items-center gap-1.5 text-small text-muted';

/** Where each axis is seen, and how large the cells are. */
export function GridTools({
  axes,
  layout,
  look,
  models,
  onLayout,
}: {
  axes: readonly Axis[];
  layout: GridLayout;
  look: ReturnType<typeof useGridLook>;
  models: readonly Model[];
  onLayout: (layout: GridLayout) => void;
}) {
  const t = useTranslations('experiments.grid');
  const words = useAxisWords(models);
  const placeOf = ({ id, values }: Axis) => {
    if (layout.rows.includes(id)) return 'rows';
    if (layout.columns.includes(id)) return 'columns';
    return `= ${layout.shown[id] ?? values[0]?.id}`;
  };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2 max-wide:px-2.5">
      {axes
        .filter(({ values }) => values.length > 1)
        .map((axis) => (
          <label key={axis.id} className={`${field} max-wide:w-full max-wide:justify-between`}>
            <span className="max-w-32 truncate">{words.axis(axis)}</span>
            <select
              value={placeOf(axis)}
              onChange={({ target: { value } }) => {
                const isSide = value === 'rows' || value === 'columns';
                onLayout(withAxisAt(layout, axis.id, isSide ? value : { value: value.slice(2) }));
              }}
              className="max-w-44 max-wide:w-44 rounded-small border border-line-strong bg-raised px-1.5 py-1 text-text touch:text-[16px]"
            >
              <option value="rows">{t('rows')}</option>
              <option value="columns">{t('columns')}</option>
              {axis.values.map((value, index) => (
                <option key={value.id} value={`= ${value.id}`}>
                  {t('only', {
                    value: [words.value(axis, index), words.aside(axis, index)]
                      .filter(Boolean)
                      .join(' · '),
                  })}
                </option>
              ))}
            </select>
          </label>
        ))}
      <label className={field}>
        <input
          type="checkbox"
          className="accent-accent"
          checked={look.isCropped}
          onChange={({ target }) => look.setCropped(target.checked)}
        />
        {t('crop')}
      </label>
      {/* Where two fingers can't, or nobody knows that they can. */}
      <div className="ml-auto flex items-center wide:hidden">
        <IconButton label={t('zoomOut')} onClick={look.zoomOut}>
          <MinusIcon size={15} aria-hidden />
        </IconButton>
        <IconButton label={t('zoomIn')} onClick={look.zoomIn}>
          <PlusIcon size={15} aria-hidden />
        </IconButton>
      </div>
      <div className={`${field} ml-auto max-wide:hidden`}>
        <span aria-hidden>{t('size')}</span>
        <span className="w-28">
          <Slider
            aria-label={t('size')}
            min={cellSizes.min}
            max={cellSizes.max}
            value={String(look.size)}
            onSlide={(text) => look.setSize(Number(text))}
          />
        </span>
      </div>
    </div>
  );
}
