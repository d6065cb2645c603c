'use client';
import { useId, useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { levelsOf } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { shapeOf, sizeAtLevel, sizeOfShape } from '@/lib/core/sizes/size-shapes';
import { parseSize, ratioName, type Size, unrefusedSize } from '@/lib/core/sizes/sizes';
import type { ValidationProblem } from '@/lib/core/validation';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { FieldHead, FieldProblem, NumberField } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { SizeTiles } from './size-tiles';

interface SizeControl {
  model: Model;
  /** `1024x1536`, `auto`, or half a size that is being typed. */
  size: string;
  problem: ValidationProblem | undefined;
  say: (problem: ValidationProblem) => string;
  onChange: (size: string) => void;
}

/** Picks a size: a shape, a resolution, or free sides where the model takes them. */
export function SizePicker(control: SizeControl) {
  const { model, size, problem, onChange } = control;
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
  // Only at some of the levels: 3:2 has no 1K.
  const own = shape && Object.keys(rule.table[shape.ratio] ?? {});
  const lacks = own && own.length < levels.length;
  const ownLevels = lacks
    ? t('ownLevels', { ratio: shape.ratio, levels: own.join(', ') })
    : undefined;
  return (
    <div ref={picker} data-param="size">
      <FieldHead
        id={id}
        label={t('size')}
        aside={
          <SizeVerdict
            model={model}
            size={size}
            ratio={shape?.ratio}
            isLegal={problem === undefined}
          />
        }
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
                  why: own?.includes(level) === false ? ownLevels : undefined,
                }))}
                onChoose={(level) => onChange(sizeAtLevel(model, { size, level }) ?? rule.default)}
              />
            </div>
          )}
          {isFree && <SizeFields {...control} describedBy={`${id}-problem`} />}
        </div>
      )}
      {ownLevels !== undefined && <p className="mt-1.5 text-small text-muted">{ownLevels}</p>}
      <SizeProblem
        {...control}
        id={`${id}-problem`}
        onChange={(nearest) => {
          onChange(nearest);
          // The focused button goes away with the problem.
          picker.current?.querySelector<HTMLElement>('[type=number], :checked')?.focus();
        }}
      />
    </div>
  );
}

const verdicts = {
  legal: { sign: '✓', look: 'text-ok' },
  doubtful: { sign: '⚠', look: 'text-warn' },
  illegal: { sign: '✗', look: 'text-error' },
};

/** Whether the vendor is said to refuse a size, though nobody enforces it. */
const isDoubtful = ({ sizes }: Model, { width, height }: Size) =>
  width * height < (sizes.hintMinPixels ?? 0);

/** A size in figures: pixels, megapixels, ratio. */
function SizeVerdict({
  model,
  size,
  ratio,
  isLegal,
}: {
  model: Model;
  size: string;
  /** The model's name for the shape, such as 21:9 where the sides come to 7:3. */
  ratio: string | undefined;
  isLegal: boolean;
}) {
  const t = useTranslations('form');
  const sides = parseSize(size);
  if (!sides) return size === 'auto' ? <span>{t('autoVerdict')}</span> : null;
  const megapixels = t('megapixels', { value: (sides.width * sides.height) / 1e6 });
  const verdict = !isLegal ? 'illegal' : isDoubtful(model, sides) ? 'doubtful' : 'legal';
  const { look, sign } = verdicts[verdict];
  return (
    <output className={`whitespace-nowrap font-mono tracking-tight ${look}`}>
      {sign} {formatSizeForPeople(size)} · {megapixels} · {ratio ?? ratioName(sides)}
    </output>
  );
}

/** Width and height, freely typed. */
function SizeFields({
  model: { sizes: rule },
  size,
  problem,
  describedBy,
  onChange,
}: SizeControl & { describedBy: string }) {
  const t = useTranslations('form');
  const [width = '', height = ''] = size === 'auto' ? [] : size.split('x');
  const shared = {
    min: 1,
    step: typeof rule.legal === 'object' ? rule.legal.step : 1,
    placeholder: size === 'auto' ? t('auto') : undefined,
    invalid: problem !== undefined,
    className: 'font-mono',
    'aria-describedby': problem && describedBy,
  };
  // With both fields empty the model decides again, where it can.
  const joined = (across: string, down: string) =>
    across === '' && down === '' && rule.auto ? 'auto' : `${across}x${down}`;
  return (
    <div className="flex min-w-0 flex-1 items-center gap-1.5 text-muted">
      <NumberField
        {...shared}
        aria-label={t('width')}
        value={width}
        onType={(text) => onChange(joined(text, height))}
      />
      <span aria-hidden>×</span>
      <NumberField
        {...shared}
        aria-label={t('height')}
        value={height}
        onType={(text) => onChange(joined(width, text))}
      />
    </div>
  );
}

// Marks the place of the nearest sizes in a sentence, where they become buttons.
const gap = '\u0000';

/** The validation message with the nearest legal sizes to click, or the vendor's hint. */
function SizeProblem({ id, model, size, problem, say, onChange }: SizeControl & { id: string }) {
  const t = useTranslations('form');
  const locale = useLocale();
  if (problem) {
    if (/^\d*x$|^x\d*$/.test(size))
      return <FieldProblem id={id}>{t('sizeIncomplete')}</FieldProblem>;
    const { nearest } = problem.values;
    const offers = typeof nearest === 'string' && nearest !== '' ? nearest.split(', ') : [];
    const values = { ...problem.values, value: formatSizeForPeople(size), nearest: gap };
    const [before, after] = say({ ...problem, values }).split(gap);
    return (
      <FieldProblem id={id}>
        {before}
        {offers.map((offer) => (
          <SizeOffer key={offer} size={offer} onChoose={onChange} />
        ))}
        {offers.length === 0 && after}
      </FieldProblem>
    );
  }
  const sides = parseSize(size);
  if (!sides || !isDoubtful(model, sides)) return null;
  const better = unrefusedSize(model.sizes, sides);
  const min = model.sizes.hintMinPixels ?? 0;
  const actual = sides.width * sides.height;
  return (
    <p id={id} className="mt-1.5 text-small text-warn">
      {t('sizeHint', { model: model.label[locale], min, actual })}{' '}
      {better !== undefined && <SizeOffer size={better} onChoose={onChange} />}
    </p>
  );
}

function SizeOffer({ size, onChoose }: { size: string; onChoose: (size: string) => void }) {
  const t = useTranslations('form');
  const shown = formatSizeForPeople(size);
  return (
    <button
      type="button"
      aria-label={t('useSize', { size: shown })}
      className="mr-1 rounded-small border border-line-strong bg-raised px-1.5 py-px font-mono text-text hover:border-accent"
      onClick={() => onChoose(size)}
    >
      {shown}
    </button>
  );
}
