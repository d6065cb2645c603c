'use client';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useMeasuredEdit } from '@/lib/client/composite/composites';
import type { KeptPicture } from '@/lib/client/pictures/dragged-picture';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { type EditedPicture, editedPicture, maskedHashes } from '@/lib/core/runs/sent-pictures';
import type { Size } from '@/lib/core/sizes/sizes';
import { FullScreen } from '../../controls/viewer/full-screen';
import { type PanZoom, usePanZoom } from '../../controls/viewer/use-pan-zoom';
import { viewerKey } from '../../controls/viewer/viewer-key';
import { useElementSize } from '../../ui/viewport';
import { CompareBar, type CompareMode } from './compare-bar';
import { paneSize, SideBySide, SliderStage } from './compare-stages';
import { type Divide, useDivide } from './divider';
import { KeepOutside } from './keep-outside';
import { useComparedPictures } from './use-compared-pictures';

interface CompareViewProps {
  run: RunEntry;
  /** The place of the result on the run's card. */
  index: number;
  onIndex: (index: number) => void;
  onClose: () => void;
  onUse: (picture: KeptPicture, how: { keepsMask: boolean }) => void;
  onMatchInputSize?: (original: Size) => void;
}

/**
 * An edit's results over or beside their original in the whole window, both under one zoom. It is
 * open as long as it is rendered; load it lazily.
 */
export default function CompareView(props: CompareViewProps) {
  const edited = editedPicture(props.run, props.index);
  return edited && <Comparison {...props} edited={edited} />;
}

function Comparison({
  run,
  index,
  edited,
  onIndex,
  onClose,
  onUse,
  onMatchInputSize,
}: CompareViewProps & { edited: EditedPicture }) {
  const t = useTranslations('compare');
  const [mode, setMode] = useState<CompareMode>('slider');
  const [isMarked, setMarked] = useState(false);
  const divide = useDivide();
  const area = useRef<HTMLDivElement>(null);
  const areaSize = useElementSize(area);
  const pictures = useComparedPictures(run, index, edited);
  const found = useMeasuredEdit(maskedHashes(edited));
  const change = found && 'measured' in found ? found.measured.change : undefined;
  const isSlider = mode === 'slider';
  const pane = areaSize && paneSize(areaSize);
  const box = boxOf(pictures.original.size, pictures.result.size);
  const zoom = usePanZoom(`${box.width}x${box.height}`, {
    picture: box,
    stage: isSlider ? areaSize : pane,
  });
  const places = picturesOf(run).map((one) => one.index);
  const position = places.indexOf(index);
  const go = (by: 1 | -1) => {
    const next = places[position + by];
    if (next !== undefined) onIndex(next);
  };
  const keys = useCompareKeys(zoom, isSlider ? divide : null, go);
  const stages = {
    ...pictures,
    box,
    zoom,
    pane: (isSlider ? areaSize : pane) ?? unmeasured,
    change: isMarked ? change : undefined,
    onSwipe: go,
  };
  return (
    <FullScreen aria-label={t('label')} {...keys} onClose={onClose}>
      <CompareBar
        mode={mode}
        zoom={zoom}
        divide={isSlider ? divide : null}
        position={position}
        count={places.length}
        isMarked={change === undefined || change.share === 0 ? null : isMarked}
        onMode={setMode}
        onStep={go}
        onMark={setMarked}
      />
      <div ref={area} className="relative min-h-0 flex-1">
        {isSlider ? (
          <SliderStage {...stages} divide={divide} />
        ) : (
          <SideBySide {...stages} isStacked={pane?.isStacked === true} />
        )}
      </div>
      {edited.mask !== null && (
        <div className="relative max-h-[40dvh] shrink-0 overflow-y-auto px-3 py-2 pb-[max(8px,env(safe-area-inset-bottom))]">
          <KeepOutside
            run={run}
            index={index}
            onMatchInputSize={
              onMatchInputSize &&
              ((original) => {
                onClose();
                onMatchInputSize(original);
              })
            }
            onUse={(picture, how) => {
              onClose();
              onUse(picture, how);
            }}
          />
        </div>
      )}
    </FullScreen>
  );
}

const unmeasured = { width: 0, height: 0 };

/** The box that both are laid into: the larger one's size, so that none of its pixels is hidden. */
function boxOf(original: Size | undefined, result: Size | undefined): Size {
  const fallback = { width: 1024, height: 1024 };
  if (!original || !result) return original ?? result ?? fallback;
  const isLarger = result.width * result.height > original.width * original.height;
  return isLarger ? result : original;
}

/** In percent of the stage, with an arrow key. */
const divideStep = 2;

/**
 * The keys of a comparison: those of the viewer, but that the arrows move the line between the
 * pictures where there is one; Page Up and Page Down go through the results, the space bar shows the
 * original as long as it is held.
 * @param divide null: the pictures lie side by side.
 */
function useCompareKeys(zoom: PanZoom, divide: Divide | null, onStep: (by: 1 | -1) => void) {
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, target, currentTarget, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (key === 'PageUp' || key === 'PageDown') {
      event.preventDefault();
      onStep(key === 'PageUp' ? -1 : 1);
      return;
    }
    const isLine = divide !== null && target === divide.control.current;
    if (key === ' ' && divide && (isLine || target === currentTarget)) {
      event.preventDefault();
      divide.hold(true);
      return;
    }
    // A slider of its own, or radio buttons, go by the arrows; anything else here types nothing.
    const isOther = target instanceof HTMLInputElement && !isLine;
    if (isOther && /^(Arrow|Home|End)/.test(key)) return;
    const action = viewerKey({ key, shiftKey, ctrlKey, metaKey, altKey, target: currentTarget });
    if (!action) return;
    event.preventDefault();
    if (action.type === 'edge') divide?.moveBy(action.edge === 'first' ? -100 : 100);
    else if (action.type !== 'go') zoom.change(action);
    else if (divide) divide.moveBy(action.by * divideStep);
    else onStep(action.by);
  };
  return {
    onKeyDown,
    onKeyUp({ key }: KeyboardEvent) {
      if (key === ' ') divide?.hold(false);
    },
  };
}
