'use client';
import { useId, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { levelsOf } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { shapeOf, sizeAtLevel, sizeOfShape } from '@/lib/core/sizes/size-shapes';
import type { ValidationProblem } from '@/lib/core/validation';
import { FieldHead } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { SizeFields } from './size-fields';
import { SizeProblem } from './size-problem';
import { SizeTiles } from './size-tiles';
import { SizeVerdict } from './size-verdict';

/** Picks a size: a shape, a resolution, or free sides where the model takes them. */
export function SizePicker({
  model,
  size,
  problem,
  say,
  onChange,
}: {
  model: Model;
  size: string;
  problem: ValidationProblem | undefined;
  say: (problem: ValidationProblem) => string;
  onChange: (size: string) => void;
}) {
  const t = useTranslations('form');
  const id = useId();
  const picker = useRef<HTMLDivElement>(null);
  const rule = model.sizes;
  const shape = shapeOf(model, size);
  const levels = levelsOf(model);
  const usual = shapeOf(model, rule.default)?.level ?? levels[0] ?? '';
  const choose = (ratio: string, level: string) =>
    onChange(sizeOfShape(model, { ratio, level }) ?? rule.default);
  const isFree = rule.legal !== 'listed';
  return (
    <div ref={picker} data-param="size">
      <FieldHead
        id={id}
        label={t('size')}
        aside={<SizeVerdict size={size} ratio={shape?.ratio} isLegal={problem === undefined} />}
      />
      <SizeTiles
        labelledBy={id}
        ratios={Object.keys(rule.table)}
        hasAuto={rule.auto}
        chosen={size === 'auto' ? 'auto' : (shape?.ratio ?? null)}
        onChoose={(ratio) =>
          ratio === 'auto' ? onChange('auto') : choose(ratio, shape?.level ?? usual)
        }
      />
      {(levels.length > 1 || isFree) && (
        <div className="mt-2 flex items-center gap-2">
          {levels.length > 1 && (
            <div className="w-[126px] shrink-0">
              <Segmented
                label={t('resolution')}
                value={shape?.level ?? ''}
                choices={levels.map((level) => ({
                  value: level,
                  label: level,
                  disabled: shape && rule.table[shape.ratio]?.[level] === undefined,
                }))}
                onChoose={(level) => onChange(sizeAtLevel(model, { size, level }) ?? rule.default)}
              />
            </div>
          )}
          {isFree && (
            <SizeFields
              size={size}
              rule={rule}
              invalid={problem !== undefined}
              describedBy={`${id}-problem`}
              onChange={onChange}
            />
          )}
        </div>
      )}
      <SizeProblem
        id={`${id}-problem`}
        model={model}
        size={size}
        problem={problem}
        say={say}
        onChoose={(nearest) => {
          onChange(nearest);
          // The offer goes with the problem, and the focus would go with it.
          picker.current?.querySelector<HTMLElement>('[type=number], :checked')?.focus();
        }}
      />
    </div>
  );
}
