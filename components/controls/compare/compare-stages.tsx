import { type CSSProperties, useId } from 'react';
import { paneGap } from '@/lib/core/pictures/compare-layout';
import type { Size } from '@/lib/core/sizes/sizes';
import {
  ComparedImage,
  type ComparedPicture,
  ComparePane,
  type Layout,
  PaneTitle,
} from './compare-pane';
import { type Divide, Divider } from './divider';

/** What all stages have: the pictures are laid out alike, and one swipe goes on. */
interface Stage extends Layout {
  /** The size of a pane, in CSS pixels. */
  pane: Size;
  onSwipe: (direction: 1 | -1) => void;
}

interface Pair extends Stage {
  left: ComparedPicture;
  right: ComparedPicture;
}

// React leaves it alone from then on, since it never changes here.
const startsInTheMiddle = { '--divide': '50%' } as CSSProperties;
const startsAtTheLeft = { '--divide': '0%' } as CSSProperties;

/**
 * One over the other, parted by a line; without it all of the right one is seen, and the left one as long
 * as it is held.
 */
export function SliderStage({
  divide,
  hasLine,
  ...stage
}: Pair & { divide: Divide; hasLine: boolean }) {
  const { left, right, box, zoom, onSwipe } = stage;
  return (
    <div
      ref={divide.stage}
      className="group absolute inset-0 flex"
      style={hasLine ? startsInTheMiddle : startsAtTheLeft}
    >
      <ComparePane zoom={zoom} onSwipe={onSwipe}>
        <div className="absolute inset-0 [clip-path:inset(0_calc(100%-var(--divide))_0_0)]">
          <ComparedImage {...stage} picture={left} />
          {left.overlay?.(box, zoom)}
          <PaneTitle {...stage} picture={left} side="left" />
        </div>
        <div className="absolute inset-0 [clip-path:inset(0_0_0_var(--divide))]">
          <ComparedImage {...stage} picture={right} />
          {right.overlay?.(box, zoom)}
          <PaneTitle {...stage} picture={right} side="right" />
        </div>
        {hasLine && <Divider divide={divide} left={left.title} right={right.title} />}
      </ComparePane>
    </div>
  );
}

/** Beside each other, in rows: the same part of all, at the same size. */
export function SideBySide({
  pictures,
  columns,
  ...stage
}: Stage & { pictures: readonly ComparedPicture[]; columns: number }) {
  const { box, zoom, onSwipe } = stage;
  return (
    <div
      className="absolute inset-0 grid auto-rows-fr bg-line *:bg-[#0b0b0b]"
      style={{ gap: paneGap, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {pictures.map((picture) => (
        <ComparePane key={picture.id} zoom={zoom} onSwipe={onSwipe}>
          <ComparedImage {...stage} picture={picture} />
          {picture.overlay?.(box, zoom)}
          <PaneTitle {...stage} picture={picture} side="left" />
        </ComparePane>
      ))}
    </div>
  );
}

/** How a difference is shown: as it is, or `heat`: from black over red to white. */
export interface DifferenceLook {
  /** By what it is multiplied. */
  gain: number;
  isHeat: boolean;
}

// The mean of the channels: what changed in one colour only shows as well.
const mean = '0.333 0.333 0.333 0 0';
const heat = {
  R: '0 0.34 0.74 0.98 0.99',
  G: '0 0.06 0.21 0.56 1',
  B: '0.02 0.43 0.33 0.04 0.64',
};

/** What differs between two pictures: equal pixels are black. */
export function DifferenceStage({ look, ...stage }: Pair & { look: DifferenceLook }) {
  const { left, right, box, zoom, onSwipe } = stage;
  const id = useId();
  const filter = look.isHeat ? `brightness(${look.gain}) url(#${id})` : `brightness(${look.gain})`;
  return (
    <div className="absolute inset-0 flex">
      <ComparePane zoom={zoom} onSwipe={onSwipe}>
        <svg aria-hidden className="absolute size-0">
          <filter id={id} colorInterpolationFilters="sRGB">
            <feColorMatrix values={`${mean} ${mean} ${mean} 0 0 0 1 0`} />
            <feComponentTransfer>
              <feFuncR type="table" tableValues={heat.R} />
              <feFuncG type="table" tableValues={heat.G} />
              <feFuncB type="table" tableValues={heat.B} />
            </feComponentTransfer>
          </filter>
        </svg>
        <div
          data-testid="compare-difference"
          style={{ filter }}
          className="absolute inset-0 isolate overflow-hidden *:last:mix-blend-difference"
        >
          <ComparedImage {...stage} picture={left} />
          <ComparedImage {...stage} picture={right} />
        </div>
        {right.overlay?.(box, zoom)}
        <PaneTitle {...stage} picture={left} side="left" />
        <PaneTitle {...stage} picture={right} side="right" />
      </ComparePane>
    </div>
  );
}
