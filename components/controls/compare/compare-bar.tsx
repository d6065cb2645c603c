import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button, CloseButton } from '../../ui/button';
import { CheckBox } from '../../ui/check-box';
import { Segmented } from '../../ui/segmented';
import type { PanZoom } from '../viewer/use-pan-zoom';
import { ZoomControls } from '../viewer/zoom-controls';
import type { DifferenceLook } from './compare-stages';
import type { Divide } from './divider';

const modes = ['slider', 'sideBySide', 'flicker', 'difference'] as const;
const gains = [1, 4, 16] as const;

/** How pictures are compared. */
export type CompareMode = (typeof modes)[number];

/** Above a comparison: how, how large, what else there is to choose; and the way out. */
export function CompareBar({
  mode,
  zoom,
  divide,
  look,
  tools,
  onMode,
  onLook,
}: {
  mode: CompareMode;
  zoom: PanZoom;
  /** What can be held; null: nothing. */
  divide: Divide | null;
  look: DifferenceLook;
  tools: ReactNode;
  onMode: (mode: CompareMode) => void;
  onLook: (look: DifferenceLook) => void;
}) {
  const t = useTranslations('compare');
  const shell = useTranslations('shell');
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-2 max-[480px]:gap-x-1.5 max-[480px]:px-2">
      <div className="w-96 max-wide:grow max-wide:basis-[75%]">
        <Segmented
          isByContent
          label={t('mode')}
          value={mode}
          choices={modes.map((value) => ({ value, label: t(value) }))}
          onChoose={(value) => onMode(value as CompareMode)}
        />
      </div>
      <div className="order-1 wide:order-3">
        <CloseButton label={shell('close')} />
      </div>
      {divide && (
        <Button
          title={t('holdHint')}
          className="order-2 touch-none select-none"
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
      {mode === 'difference' && (
        <div className="order-2 flex items-center gap-3 max-[480px]:gap-2">
          <div className="w-32 max-[480px]:w-26">
            <Segmented
              label={t('gain')}
              value={String(look.gain)}
              choices={gains.map((gain) => ({ value: String(gain), label: `× ${gain}` }))}
              onChoose={(gain) => onLook({ ...look, gain: Number(gain) })}
            />
          </div>
          <CheckBox
            title={t('heatHint')}
            className="items-center text-small"
            isChecked={look.isHeat}
            onChange={(isHeat) => onLook({ ...look, isHeat })}
          >
            {t('heat')}
          </CheckBox>
        </div>
      )}
      <div className="order-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 empty:hidden">
        {tools}
      </div>
      <div className="order-2 ml-auto">
        <ZoomControls zoom={zoom} />
      </div>
    </div>
  );
}
