import { useState } from 'react';
import {
  clampPan,
  clampScale,
  fitView,
  isPannable,
  type StagePoint,
  stepScale,
  type View,
  zoomAt,
} from '@/lib/core/pictures/viewer-geometry';
import type { Size } from '@/lib/core/sizes/sizes';

/** What the visitor has made of the view of one picture; a null view shows the whole of it. */
interface Chosen {
  id: string;
  view: View | null;
  /** Whether to glide there: after a click or a key, not while a finger leads. */
  isSmooth: boolean;
}

export type Zoom = ReturnType<typeof useZoom>;

/** The view of a picture on a stage, and the ways to change it. A new picture is shown whole. */
export function useZoom({
  id,
  picture = { width: 1, height: 1 },
  stage = { width: 1, height: 1 },
}: {
  id: string;
  picture: Size | undefined;
  stage: Size | undefined;
}) {
  const [chosen, setChosen] = useState<Chosen>({ id, view: null, isSmooth: false });
  const fit = fitView({ picture, stage });
  const viewOf = (state: Chosen): View =>
    state.id === id && state.view ? clampPan({ view: state.view, picture, stage }) : fit;
  const view = viewOf(chosen);
  const middle = { x: stage.width / 2, y: stage.height / 2 };

  // Several events may come before the next painting: each builds on the last.
  const change = (next: (view: View) => View | null, isSmooth: boolean) =>
    setChosen((state) => {
      const moved = next(viewOf(state));
      const isWhole = moved === null || moved.scale <= fit.scale * 1.001;
      return {
        id,
        view: isWhole ? null : clampPan({ view: moved, picture, stage }),
        isSmooth,
      };
    });
  const scaled = (from: View, scale: number, point: StagePoint) =>
    zoomAt(from, clampScale(scale, fit.scale), point);

  return {
    view,
    isSmooth: chosen.id === id && chosen.isSmooth,
    isWhole: chosen.id !== id || chosen.view === null,
    canPan: isPannable({ view, picture, stage }),
    /** Zooms by a factor, as a wheel or two fingers do; and moves the picture along with them. */
    zoomBy(factor: number, point: StagePoint, { x, y }: StagePoint = { x: 0, y: 0 }) {
      change((from) => {
        const moved = { ...from, x: from.x + x, y: from.y + y };
        return scaled(moved, from.scale * factor, point);
      }, false);
    },
    zoomTo(scale: number, point: StagePoint = middle) {
      change((from) => scaled(from, scale, point), true);
    },
    step(direction: 'in' | 'out') {
      change((from) => scaled(from, stepScale(from.scale, direction, fit.scale), middle), true);
    },
    showWhole() {
      change(() => null, true);
    },
    /** From the whole picture to its real pixels and back; one that is shown real already, doubled. */
    toggle(point: StagePoint = middle) {
      change((from) => {
        if (from.scale > fit.scale * 1.001) return null;
        return scaled(from, fit.scale < 1 ? 1 : 2, point);
      }, true);
    },
    pan({ x, y }: StagePoint, isSmooth = false) {
      change((from) => ({ ...from, x: from.x + x, y: from.y + y }), isSmooth);
    },
  };
}
