import type { ScreenPoint } from '../../core/mask/points';
import {
  clampPan,
  clampScale,
  fitView,
  stepScale,
  type View,
  zoomAt,
} from '../../core/pictures/viewer-geometry';
import type { Size } from '../../core/sizes/sizes';

// Round the whole picture, so that a stroke can begin outside it.
const margin = 12;

export type StageView = ReturnType<typeof createStageView>;

/** Which part of a picture a stage shows. It is told of every change. */
export function createStageView(picture: Size, onChange: (view: View) => void) {
  let stage: Size = { width: 1, height: 1 };
  let view: View | null = null;

  const whole = () => {
    const room = (length: number) => Math.max(1, length - 2 * margin);
    const within = { width: room(stage.width), height: room(stage.height) };
    const { scale } = fitView({ picture, stage: within });
    return clampPan({ view: { scale, x: 0, y: 0 }, picture, stage });
  };
  const current = () => (view ? clampPan({ view, picture, stage }) : whole());
  const middle = (): ScreenPoint => ({ x: stage.width / 2, y: stage.height / 2 });
  // On whole pixels of the screen, so that what is drawn over the picture lies exactly on it.
  const snap = (place: number) => Math.round(place * devicePixelRatio) / devicePixelRatio;
  const shown = (): View => {
    const { scale, x, y } = current();
    return { scale, x: snap(x), y: snap(y) };
  };
  const change = (to: View | null) => {
    const isWhole = to === null || Math.abs(to.scale / whole().scale - 1) < 0.001;
    view = isWhole ? null : to;
    onChange(shown());
  };
  const zoomTo = (scale: number, point = middle()) =>
    change(zoomAt(current(), clampScale(scale, whole().scale), point));

  return {
    /** Where the picture is shown. */
    current: shown,
    stage: () => stage,
    resize(size: Size) {
      stage = size;
      onChange(shown());
    },
    zoomTo,
    zoomBy: (factor: number, point?: ScreenPoint) => zoomTo(current().scale * factor, point),
    step: (direction: 'in' | 'out') => zoomTo(stepScale(current().scale, direction, whole().scale)),
    showWhole: () => change(null),
    pan({ x, y }: ScreenPoint) {
      const from = current();
      change(clampPan({ view: { ...from, x: from.x + x, y: from.y + y }, picture, stage }));
    },
  };
}
