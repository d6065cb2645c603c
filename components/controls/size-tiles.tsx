import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { outlineOf } from '@/lib/core/sizes/size-shapes';

const outlineBox = 26;

/** The shapes that a model offers, each drawn to scale. */
export function SizeTiles({
  labelledBy,
  ratios,
  hasAuto,
  chosen,
  onChoose,
}: {
  labelledBy: string;
  ratios: readonly string[];
  hasAuto: boolean;
  chosen: string | null;
  onChoose: (ratio: string) => void;
}) {
  const t = useTranslations('form');
  const name = useId();
  const tiles = [...(hasAuto ? ['auto'] : []), ...ratios];
  const columns = tiles.length <= 6 ? tiles.length : Math.min(5, Math.ceil(tiles.length / 2));
  return (
    <fieldset
      aria-labelledby={labelledBy}
      className="grid gap-1.5"
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {tiles.map((ratio) => {
        const isAuto = ratio === 'auto';
        const outline = isAuto ? { width: 15, height: 15 } : outlineOf(ratio, outlineBox);
        return (
          <label
            key={ratio}
            className="flex h-[54px] cursor-pointer flex-col items-center justify-between rounded-small border border-line pt-1.5 pb-1 text-small text-muted transition-colors hover:border-line-strong hover:text-text has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={ratio === chosen}
              onChange={() => onChoose(ratio)}
            />
            <span aria-hidden className="grid flex-1 place-items-center">
              <span
                style={outline}
                className={`block rounded-[2px] border-[1.5px] border-current ${isAuto ? 'border-dashed' : ''}`}
              />
            </span>
            {isAuto ? t('auto') : ratio}
          </label>
        );
      })}
    </fieldset>
  );
}
