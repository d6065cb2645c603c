import { type ReactNode, useRef, useState } from 'react';
import { areAlike, comparedBox, paneGrid } from '@/lib/core/pictures/compare-layout';
import { useElementSize } from '../../ui/viewport';
import { FullScreen } from '../viewer/full-screen';
import { usePanZoom } from '../viewer/use-pan-zoom';
import { CompareBar, type CompareMode } from './compare-bar';
import { compareKeys } from './compare-keys';
import type { ComparedPicture } from './compare-pane';
import { DifferenceStage, SideBySide, SliderStage } from './compare-stages';
import { useDivide } from './divider';

const unmeasured = { width: 0, height: 0 };

/**
 * Two to four pictures in the whole window, all under one zoom: parted by a line, beside each other, in
 * turn, or what differs between two of them. It is open as long as it is rendered.
 */
export function Comparison({
  label,
  pictures,
  left,
  right,
  tools,
  below,
  opensAs = 'slider',
  onStep,
  onClose,
}: {
  label: string;
  pictures: readonly ComparedPicture[];
  /** The two that are compared where only two can be. */
  left: ComparedPicture;
  right: ComparedPicture;
  /** Further controls in the bar. */
  tools: ReactNode;
  /** Stands below the pictures. */
  below?: ReactNode;
  opensAs?: CompareMode;
  /** Goes on to another picture on the right. */
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
}) {
  const [mode, setMode] = useState<CompareMode>(opensAs);
  const [look, setLook] = useState({ gain: 4, isHeat: false });
  const divide = useDivide();
  const area = useRef<HTMLDivElement>(null);
  const areaSize = useElementSize(area) ?? unmeasured;
  const sizes = pictures.map(({ size }) => size);
  const box = comparedBox(sizes);
  const grid = paneGrid({ area: areaSize, box, count: pictures.length });
  const pane = mode === 'sideBySide' ? grid.pane : areaSize;
  const zoom = usePanZoom(`${box.width}x${box.height}`, { picture: box, stage: pane });
  const hasLine = mode === 'slider';
  const held = hasLine || mode === 'flicker' ? divide : null;
  const stage = { box, zoom, pane, onSwipe: onStep };
  const pair = { ...stage, left, right, isStretched: areAlike([left.size, right.size]) };
  return (
    <FullScreen
      aria-label={label}
      {...compareKeys({ zoom, divide: held, hasLine, onStep })}
      onClose={onClose}
    >
      <CompareBar
        mode={mode}
        zoom={zoom}
        divide={held}
        look={look}
        tools={tools}
        onMode={setMode}
        onLook={setLook}
      />
      <div ref={area} className="relative min-h-0 flex-1">
        {mode === 'sideBySide' ? (
          <SideBySide
            {...stage}
            pictures={pictures}
            columns={grid.columns}
            isStretched={areAlike(sizes)}
          />
        ) : mode === 'difference' ? (
          <DifferenceStage {...pair} look={look} />
        ) : (
          // Another line begins in the middle again.
          <SliderStage key={mode} {...pair} divide={divide} hasLine={hasLine} />
        )}
      </div>
      {below}
    </FullScreen>
  );
}
