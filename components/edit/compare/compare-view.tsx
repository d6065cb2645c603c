'use client';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useMeasuredEdit } from '@/lib/client/composite/use-measured-edit';
import type { KeptPicture } from '@/lib/client/edit/edit-references';
import { type EditedPicture, editedPicture, maskedHashes } from '@/lib/core/runs/edited-picture';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import type { Size } from '@/lib/core/sizes/sizes';
import { FullScreen } from '../../controls/viewer/full-screen';
import { useZoom } from '../../controls/viewer/use-zoom';
import { useElementSize } from '../../ui/viewport';
import { CompareBar, type CompareMode } from './compare-bar';
import { paneSize, SideBySide, SliderStage } from './compare-stages';
import { KeepOutside } from './keep-outside';
import { useCompareKeys } from './use-compare-keys';
import { useComparedPictures } from './use-compared-pictures';
import { useDivide } from './use-divide';

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
  const zoom = useZoom({
    id: `${box.width}x${box.height}`,
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
  const stages = { ...pictures, box, zoom, change: isMarked ? change : undefined, onSwipe: go };
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
          <SliderStage {...stages} divide={divide} height={areaSize?.height ?? 0} />
        ) : (
          <SideBySide {...stages} isStacked={pane?.isStacked === true} />
        )}
      </div>
      {edited.mask !== null && (
        <div className="max-h-[40dvh] shrink-0 overflow-y-auto px-3 py-2 pb-[max(8px,env(safe-area-inset-bottom))]">
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

/** The box that both are laid into: the larger one's size, so that none of its pixels is hidden. */
function boxOf(original: Size | undefined, result: Size | undefined): Size {
  const fallback = { width: 1024, height: 1024 };
  if (!original || !result) return original ?? result ?? fallback;
  const isLarger = result.width * result.height > original.width * original.height;
  return isLarger ? result : original;
}
