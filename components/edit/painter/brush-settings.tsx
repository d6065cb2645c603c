import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import type { MaskSession } from '@/lib/client/edit/mask-session';
import { useMaskSession } from '@/lib/client/edit/use-mask-session';
import { brushSizes, sliderPlace, sliderSizes } from '@/lib/core/mask/brush-size';
import type { ToolSettings } from '@/lib/core/mask/painter';
import { NumberField, Slider } from '../../ui/field';
import { useTypedNumber } from './use-typed-number';

/** The brush's size in pixels of the picture, and how sharp its edge is. */
export function BrushSettings({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const id = useId();
  const size = useMaskSession(session, (state) => state.brushSize);
  const hardness = useMaskSession(session, (state) => state.hardness);
  const set = (settings: Partial<ToolSettings>) =>
    session.dispatch({ type: 'set-tools', settings });
  const typed = useTypedNumber({ value: size, ...brushSizes }, (brushSize) => set({ brushSize }));
  const percent = Math.round(hardness * 100);
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 text-small text-muted @max-[560px]:order-last @max-[560px]:w-full">
      <div className="flex items-center gap-1.5">
        <label htmlFor={id} className="whitespace-nowrap">
          {t('size')}
        </label>
        <div className="w-12">
          <NumberField
            id={id}
            {...typed}
            min={brushSizes.least}
            max={brushSizes.most}
            className="text-right"
          />
        </div>
        <span className="whitespace-nowrap">{t('pixels')}</span>
        <div className="flex w-24">
          <Slider
            aria-label={t('size')}
            aria-valuetext={t('pixelCount', { count: size })}
            min={0}
            max={sliderSizes.length - 1}
            value={String(sliderPlace(size))}
            onSlide={(place) => set({ brushSize: sliderSizes[Number(place)] ?? size })}
          />
        </div>
      </div>
      <div className="flex items-center gap-1.5" title={t('hardnessHint')}>
        <label htmlFor={`${id}-hardness`} className="whitespace-nowrap">
          {t('hardness')}
        </label>
        <div className="flex w-16">
          <Slider
            id={`${id}-hardness`}
            aria-valuetext={t('percent', { share: hardness })}
            min={0}
            max={100}
            value={String(percent)}
            onSlide={(text) => set({ hardness: Number(text) / 100 })}
          />
        </div>
        <span className="w-8 font-mono">{t('percent', { share: hardness })}</span>
      </div>
    </div>
  );
}
