import { useTranslations } from 'use-intl/react';
import type { PanZoom } from '../../controls/viewer/use-pan-zoom';
import { ZoomControls } from '../../controls/viewer/zoom-controls';
import { Button, CloseButton, IconButton } from '../../ui/button';
import { ChevronLeftIcon, ChevronRightIcon } from '../../ui/icons';
import { Segmented } from '../../ui/segmented';
import type { Divide } from './divider';

const modes = ['slider', 'sideBySide'] as const;

/** Two ways to lay pictures beside each other. */
export type CompareMode = (typeof modes)[number];

/** Above a comparison: how, which result, how large; and the way out. */
export function CompareBar({
  mode,
  zoom,
  divide,
  position,
  count,
  isMarked,
  onMode,
  onStep,
  onMark,
}: {
  mode: CompareMode;
  zoom: PanZoom;
  divide: Divide | null;
  /** Of the result among those of its run, from 0. */
  position: number;
  count: number;
  /** Whether what changed outside the mask is marked; null: nothing can be. */
  isMarked: boolean | null;
  onMode: (mode: CompareMode) => void;
  onStep: (by: 1 | -1) => void;
  onMark: (isMarked: boolean) => void;
}) {
  const t = useTranslations('compare');
  const shell = useTranslations('shell');
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-2 max-[480px]:gap-x-1.5 max-[480px]:px-2">
      <div className="w-48 max-[480px]:w-[172px]">
        <Segmented
          label={t('mode')}
          value={mode}
          choices={modes.map((value) => ({ value, label: t(value) }))}
          onChoose={(value) => onMode(value as CompareMode)}
        />
      </div>
      {divide && (
        <Button
          title={t('holdHint')}
          className="touch-none select-none max-wide:hidden"
          onPointerDown={({ currentTarget, pointerId }) => {
            currentTarget.setPointerCapture(pointerId);
            divide.hold(true);
          }}
          onPointerUp={() => divide.hold(false)}
          onPointerCancel={() => divide.hold(false)}
          onKeyDown={({ key }) => key === ' ' && divide.hold(true)}
        >
          {t('hold')}
        </Button>
      )}
      {isMarked !== null && (
        <label className="flex cursor-pointer items-center gap-2 text-small">
          <input
            type="checkbox"
            className="accent-accent"
            checked={isMarked}
            onChange={({ currentTarget }) => onMark(currentTarget.checked)}
          />
          {t('showChanges')}
        </label>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-x-2">
        {count > 1 && (
          <div className="flex items-center">
            <IconButton
              label={t('previous')}
              why={position === 0 ? t('first') : undefined}
              onClick={() => onStep(-1)}
            >
              <ChevronLeftIcon size={16} aria-hidden />
            </IconButton>
            <span role="status" className="text-small text-muted">
              {t('position', { number: position + 1, count })}
            </span>
            <IconButton
              label={t('next')}
              why={position === count - 1 ? t('last') : undefined}
              onClick={() => onStep(1)}
            >
              <ChevronRightIcon size={16} aria-hidden />
            </IconButton>
          </div>
        )}
        <ZoomControls zoom={zoom} />
        <CloseButton label={shell('close')} />
      </div>
    </div>
  );
}
