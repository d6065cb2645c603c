import type { CSSProperties } from 'react';
import type { OutsideChange } from '@/lib/core/mask/outside-change';
import { isSameShape } from '@/lib/core/mask/same-shape';
import type { Size } from '@/lib/core/sizes/sizes';
import type { Zoom } from '../../controls/viewer/use-zoom';
import { ChangeMap } from './change-map';
import { ComparePane, PaneTitle } from './compare-pane';
import { ComparedImage } from './compared-image';
import { Divider } from './divider';
import type { ComparedPicture } from './use-compared-pictures';
import type { Divide } from './use-divide';

interface Stages {
  original: ComparedPicture;
  result: ComparedPicture;
  /** What both are laid into, at 100 %. */
  box: Size;
  zoom: Zoom;
  /** What is marked as changed. */
  change: OutsideChange | undefined;
  onSwipe: (direction: 1 | -1) => void;
}

const paneGap = 2;

// React leaves it alone from then on, since it never changes here.
const startsInTheMiddle = { '--divide': '50%' } as CSSProperties;

/** Whether the two differ by rounding only, so that stretching one lays it exactly on the other. */
const isStretched = ({ original, result }: Stages) =>
  original.size !== undefined && result.size !== undefined
    ? isSameShape(original.size, result.size)
    : false;

/** One over the other: left of a line the original, right of it the result. */
export function SliderStage({
  divide,
  height,
  ...stages
}: Stages & {
  divide: Divide;
  /** Of the stage, in CSS pixels; 0 until it was measured. */
  height: number;
}) {
  const { original, result, box, zoom, change, onSwipe } = stages;
  const shared = { box, zoom, isStretched: isStretched(stages) };
  return (
    <div ref={divide.stage} className="absolute inset-0 flex" style={startsInTheMiddle}>
      <ComparePane zoom={zoom} onSwipe={onSwipe}>
        <div className="absolute inset-0 [clip-path:inset(0_calc(100%-var(--divide))_0_0)]">
          <ComparedImage picture={original} {...shared} />
        </div>
        <div className="absolute inset-0 [clip-path:inset(0_0_0_var(--divide))]">
          <ComparedImage picture={result} {...shared} />
          {change && <ChangeMap change={change} box={box} zoom={zoom} />}
        </div>
        <PaneTitle picture={original} side="left" />
        <PaneTitle picture={result} side="right" />
        <Divider divide={divide} height={height} />
      </ComparePane>
    </div>
  );
}

/** Beside each other, or above: the same part of both, at the same size. */
export function SideBySide({ isStacked, ...stages }: Stages & { isStacked: boolean }) {
  const { original, result, box, zoom, change, onSwipe } = stages;
  const shared = { box, zoom, isStretched: isStretched(stages) };
  return (
    <div
      className={`absolute inset-0 flex bg-line *:bg-[#0b0b0b] ${isStacked ? 'flex-col' : ''}`}
      style={{ gap: paneGap }}
    >
      <ComparePane zoom={zoom} onSwipe={onSwipe}>
        <ComparedImage picture={original} {...shared} />
        <PaneTitle picture={original} side="left" />
      </ComparePane>
      <ComparePane zoom={zoom} onSwipe={onSwipe}>
        <ComparedImage picture={result} {...shared} />
        {change && <ChangeMap change={change} box={box} zoom={zoom} />}
        <PaneTitle picture={result} side="left" />
      </ComparePane>
    </div>
  );
}

/** The size of one of two panes; they lie above each other where the room is higher than wide. */
export function paneSize(area: Size): Size & { isStacked: boolean } {
  const isStacked = area.height > area.width;
  const half = (length: number) => (length - paneGap) / 2;
  return {
    width: isStacked ? area.width : half(area.width),
    height: isStacked ? half(area.height) : area.height,
    isStacked,
  };
}
