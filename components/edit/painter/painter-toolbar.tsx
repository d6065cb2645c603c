import { type ReactNode, useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { type MaskSession, useMaskSession } from '@/lib/client/edit/mask-session';
import { brushSizes, sliderPlace, sliderSizes } from '@/lib/core/mask/gesture';
import { isBrush, type Tool, type ToolSettings } from '@/lib/core/mask/painter';
import type { PaintMode } from '@/lib/core/mask/raster';
import { IconButton } from '../../ui/button';
import { NumberField, Slider } from '../../ui/field';
import { BoxIcon, BrushIcon, EraserIcon, LassoIcon, RedoIcon, UndoIcon } from '../../ui/icons';
import { Keys, useCommandKey } from '../../ui/keyboard';
import { Segmented } from '../../ui/segmented';
import { useTypedNumber } from './use-typed-number';

const tools = [
  { tool: 'brush', icon: BrushIcon, letter: 'B' },
  { tool: 'erase', icon: EraserIcon, letter: 'E' },
  { tool: 'rectangle', icon: BoxIcon, letter: 'R' },
  { tool: 'lasso', icon: LassoIcon, letter: 'L' },
] as const;

/** Above the picture: the tools, how they are set, and the way back. */
export function PainterToolbar({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const chosen = useMaskSession(session, (state) => state.tool);
  const canUndo = useMaskSession(session, (state) => state.canUndo);
  const canRedo = useMaskSession(session, (state) => state.canRedo);
  const command = useCommandKey();
  return (
    <div
      role="toolbar"
      aria-label={t('tools')}
      className="mx-auto mt-2 flex max-w-[calc(100%-16px)] shrink-0 flex-wrap items-center justify-center gap-x-2 gap-y-1 rounded-large border border-line bg-panel p-1 shadow-raised short:m-1 short:mr-0 short:w-48 short:max-w-none short:content-center short:overflow-y-auto"
    >
      <div className="flex gap-1">
        {tools.map(({ tool, icon: Icon, letter }) => (
          <ToolButton
            key={tool}
            label={t(`tool.${tool}`)}
            letter={letter}
            isChosen={tool === chosen}
            onChoose={() => session.dispatch({ type: 'choose-tool', tool: tool satisfies Tool })}
          >
            <Icon size={15} aria-hidden />
          </ToolButton>
        ))}
      </div>
      {isBrush(chosen) ? <BrushSettings session={session} /> : <ShapeSettings session={session} />}
      <div className="flex">
        <IconButton
          label={t('undo', { keys: `${command}+Z` })}
          data-testid="mask-undo"
          why={canUndo ? undefined : t('noUndo')}
          onClick={() => session.dispatch({ type: 'undo' })}
        >
          <UndoIcon size={16} aria-hidden />
        </IconButton>
        <IconButton
          label={t('redo', { keys: `${command}+Y` })}
          why={canRedo ? undefined : t('noRedo')}
          onClick={() => session.dispatch({ type: 'redo' })}
        >
          <RedoIcon size={16} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}

function ToolButton({
  label,
  letter,
  isChosen,
  onChoose,
  children,
}: {
  label: string;
  letter: string;
  isChosen: boolean;
  onChoose: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      aria-keyshortcuts={letter}
      title={`${label} (${letter})`}
      onClick={onChoose}
      className="flex h-8 min-w-8 items-center touch:min-w-10 justify-center gap-1.5 rounded-small px-2 text-muted transition-colors hover:bg-sunken hover:text-text aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-ink"
    >
      {children}
      <span className="@max-[880px]:sr-only">{label}</span>
      <span aria-hidden="true" className="@max-[1000px]:hidden">
        <Keys keys={[letter]} />
      </span>
    </button>
  );
}

/** The brush's size in pixels of the picture, and how sharp its edge is. */
function BrushSettings({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const id = useId();
  const size = useMaskSession(session, (state) => state.brushSize);
  const hardness = useMaskSession(session, (state) => state.hardness);
  const set = (settings: Partial<ToolSettings>) =>
    session.dispatch({ type: 'set-tools', settings });
  const typed = useTypedNumber({ value: size, ...brushSizes }, (brushSize) => set({ brushSize }));
  const percent = Math.round(hardness * 100);
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 text-small text-muted @max-[420px]:gap-x-2 @max-[560px]:order-last @max-[560px]:w-full">
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
        <span className="short:hidden whitespace-nowrap @max-[420px]:sr-only">{t('pixels')}</span>
        <div className="flex w-24 @max-[420px]:w-16 short:w-16">
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
        <span className="w-8">{t('percent', { share: hardness })}</span>
      </div>
    </div>
  );
}

/** Whether rectangle and lasso paint or erase. */
function ShapeSettings({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const mode = useMaskSession(session, (state) => state.shapeMode);
  return (
    <div className="min-w-44 text-small @max-[560px]:order-last @max-[560px]:w-full">
      <Segmented
        label={t('shapeMode')}
        value={mode}
        choices={[
          { value: 'add', label: t('paint') },
          { value: 'erase', label: t('tool.erase') },
        ]}
        onChoose={(value) =>
          session.dispatch({ type: 'set-tools', settings: { shapeMode: value as PaintMode } })
        }
      />
    </div>
  );
}
