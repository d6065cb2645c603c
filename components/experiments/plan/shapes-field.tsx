'use client';
import { useTranslations } from 'use-intl/react';
import type { Definition, ShapeWish } from '@/lib/core/experiments/experiment';
import { wishName } from '@/lib/core/experiments/nearest-shape';
import { levelsOf } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { outlineOf } from '@/lib/core/sizes/size-shapes';
import { FieldHead } from '../../ui/field';
import { Segmented } from '../../ui/segmented';

const toggle =
  'flex cursor-pointer items-center gap-1.5 rounded-small border border-line px-2 py-1 text-small has-checked:border-accent has-checked:bg-accent/10 has-focus-visible:outline-2 has-focus-visible:outline-accent touch:py-2.5';

/** Which shapes each combination gets: each ticked ratio at each ticked level, or each model's own. */
export function ShapesField({
  definition: { shapes },
  models,
  onEdit,
}: {
  definition: Definition;
  models: readonly Model[];
  onEdit: (change: (definition: Definition) => Definition) => void;
}) {
  const t = useTranslations('experiments.setup');
  const placed = shapes.flatMap((wish) => (wish.kind === 'shape' ? [wish] : []));
  const ratios = new Set(placed.map(({ ratio }) => ratio));
  const levels = new Set(placed.map(({ level }) => level));
  const offered = {
    ratios: distinct([...ratios, ...models.flatMap(({ sizes }) => Object.keys(sizes.table))]),
    levels: distinct([...levels, ...models.flatMap(levelsOf)]).sort(),
  };
  const isAuto = placed.length === 0 && shapes.some(({ kind }) => kind === 'auto');
  const set = (nextRatios: ReadonlySet<string>, nextLevels: ReadonlySet<string>) =>
    onEdit((definition) => {
      const exact = definition.shapes.filter(({ kind }) => kind === 'size');
      const next = offered.ratios
        .filter((ratio) => nextRatios.has(ratio))
        .flatMap((ratio) =>
          offered.levels
            .filter((level) => nextLevels.has(level))
            .map((level): ShapeWish => ({ kind: 'shape', ratio, level })),
        );
      const all = [...exact, ...next];
      return { ...definition, shapes: all.length > 0 ? all : [{ kind: 'auto' }] };
    });
  return (
    <div>
      <FieldHead label={t('shapes')} aside={<span>{t('shapesHint')}</span>} />
      <Segmented
        label={t('shapes')}
        value={isAuto ? 'auto' : 'chosen'}
        choices={[
          { value: 'auto', label: t('ownShape') },
          { value: 'chosen', label: t('chosenShapes') },
        ]}
        onChoose={(value) =>
          value === 'auto'
            ? onEdit((definition) => ({ ...definition, shapes: [{ kind: 'auto' }] }))
            : set(new Set(['1:1']), new Set([offered.levels[0] ?? '1K']))
        }
      />
      {!isAuto && (
        <fieldset aria-label={t('shapes')} className="mt-2 grid gap-2">
          <div className="flex flex-wrap gap-1.5">
            {offered.ratios.map((ratio) => {
              const outline = outlineOf(ratio, 16);
              return (
                <label key={ratio} className={toggle}>
                  <input
                    type="checkbox"
                    className="sr-only"
                    checked={ratios.has(ratio)}
                    onChange={({ target }) => {
                      const next = withMember(ratios, ratio, target.checked);
                      set(next, levels.size > 0 ? levels : new Set([offered.levels[0] ?? '1K']));
                    }}
                  />
                  <span aria-hidden style={outline} className="border border-current opacity-60" />
                  {ratio}
                </label>
              );
            })}
          </div>
          <div className="flex flex-wrap gap-1.5">
            {offered.levels.map((level) => (
              <label key={level} className={toggle}>
                <input
                  type="checkbox"
                  className="sr-only"
                  checked={levels.has(level)}
                  onChange={({ target }) => {
                    const next = withMember(levels, level, target.checked);
                    set(ratios.size > 0 ? ratios : new Set(['1:1']), next);
                  }}
                />
                {level}
              </label>
            ))}
          </div>
          {shapes
            .flatMap((wish) => (wish.kind === 'size' ? [wish] : []))
            .map((wish) => (
              <label key={wish.size} className={toggle}>
                <input
                  type="checkbox"
                  className="accent-accent"
                  checked
                  onChange={() =>
                    onEdit((definition) => {
                      const rest = definition.shapes.filter((one) => wishName(one) !== wish.size);
                      return { ...definition, shapes: rest.length > 0 ? rest : [{ kind: 'auto' }] };
                    })
                  }
                />
                {wish.size}
              </label>
            ))}
        </fieldset>
      )}
    </div>
  );
}

function withMember(set: ReadonlySet<string>, member: string, isIn: boolean): Set<string> {
  const next = new Set(set);
  if (isIn) next.add(member);
  else next.delete(member);
  return next;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
