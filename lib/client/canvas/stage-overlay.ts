import { rectangleBetween } from '../../core/mask/gesture';
import type { ImagePoint } from '../../core/mask/operations';
import type { PainterState } from '../../core/mask/painter';
import type { Raster } from '../../core/mask/raster';
import type { View } from '../../core/pictures/viewer-geometry';
import type { Size } from '../../core/sizes/sizes';
import { createOverlay, type OverlayLook } from './overlay';

/** Asks the worker for the mask as a view shows it. */
export type RenderMask = (asked: { view: View; size: Size }) => Promise<Raster>;

/**
 * Makes the overlay show the painter's state. Strokes are painted here at once. When a gesture is done
 * or the view changes, the worker renders the mask itself, and its rendering replaces the overlay; until
 * it arrives, the old overlay is moved and scaled with the picture.
 */
export function createStageOverlay({
  container,
  outline,
  picture,
  look,
  render,
}: {
  /** The overlay's canvases are put into this element. */
  container: HTMLElement;
  /** Shows a rectangle or lasso while it is drawn. */
  outline: SVGPathElement;
  picture: Size;
  look: OverlayLook;
  render: RenderMask;
}) {
  const overlay = createOverlay(container, look);
  let view: View = { scale: 1, x: 0, y: 0 };
  let stage: Size = { width: 1, height: 1 };
  let state: PainterState | null = null;
  let isClosed = false;
  let isAsking = false;
  /** The view or the mask has changed since the last rendering. */
  let isStale = true;
  /** Counts the changes to the mask that only the worker can render. */
  let revision = 0;
  let frame = 0;

  const schedule = () => {
    if (frame || isClosed) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      overlay.draw();
    });
  };

  const ask = async () => {
    if (isAsking || isClosed || !isStale) return;
    isAsking = true;
    isStale = false;
    const wanted = shownPart({ view, picture, stage });
    const asked = revision;
    try {
      const shown = wanted && (await render({ view: wanted.view, size: wanted.size }));
      // A rendering that misses later changes is dropped; the next one will include them.
      if (shown && asked === revision && !isClosed) {
        overlay.show(shown, wanted);
        if (state?.gesture?.kind === 'stroke') {
          overlay.stroke(state.gesture.style, state.gesture.points);
        }
        // Now and not at the next frame, because a resized canvas is empty until it is drawn.
        overlay.draw();
        place();
      }
    } catch {
      // The session reports the worker's problem.
    }
    isAsking = false;
    void ask();
  };

  const refresh = () => {
    revision++;
    isStale = true;
    void ask();
  };

  const place = () => {
    const held = overlay.view();
    const scale = view.scale / held.scale;
    container.style.transform = `translate(${-held.x * scale}px, ${-held.y * scale}px) scale(${scale})`;
    container.style.imageRendering = scale * devicePixelRatio > 1.001 ? 'pixelated' : 'auto';
  };

  const trace = () => {
    const path = state ? gesturePath(state) : '';
    outline.setAttribute('d', path);
    outline.style.transform = `scale(${view.scale})`;
  };

  return {
    moveTo(to: View, of: Size) {
      [view, stage] = [to, of];
      place();
      trace();
      isStale = true;
      void ask();
    },
    /** Draws what differs from the state before. */
    update(after: PainterState) {
      const before = state;
      state = after;
      if (after.gesture?.kind !== 'stroke' || before?.gesture?.kind !== 'stroke') trace();
      const gesture = after.gesture;
      if (gesture?.kind === 'stroke') {
        const known = before?.gesture?.kind === 'stroke' ? before.gesture.points.length : 0;
        if (gesture.points.length > known) {
          overlay.stroke(gesture.style, gesture.points.slice(Math.max(0, known - 1)));
          schedule();
        }
      }
      if (!before) return;
      const isDropped = before.gesture?.kind === 'stroke' && gesture === null;
      const isSame = after.operations === before.operations && after.position === before.position;
      if (isSame && after.trial === before.trial && !isDropped) return;
      const added = after.operations[after.position - 1];
      const isCheap =
        added && ['rectangle', 'lasso', 'fill', 'clear', 'invert'].includes(added.kind);
      if (isCheap && after.operations !== before.operations && !before.trial) {
        overlay.apply(added);
        schedule();
      }
      refresh();
    },
    look(changed: OverlayLook) {
      overlay.look(changed);
      schedule();
    },
    refresh,
    close() {
      isClosed = true;
      cancelAnimationFrame(frame);
    },
  };
}

/**
 * The part of the picture that the stage shows, and the size of its raster. A raster pixel is a pixel of
 * the screen or of the picture, whichever is larger.
 */
function shownPart({
  view,
  picture,
  stage,
}: {
  view: View;
  picture: Size;
  stage: Size;
}): { view: View; size: Size; isEnlarged: boolean } | null {
  const exact = view.scale * devicePixelRatio;
  const scale = Math.min(1, exact);
  const along = (start: number, length: number, room: number) => {
    const first = Math.max(0, -start / view.scale);
    const last = Math.min(length, (room - start) / view.scale);
    const from = Math.floor(first * scale);
    return [from, Math.ceil(last * scale) - from] as const;
  };
  const [left, width] = along(view.x, picture.width, stage.width);
  const [top, height] = along(view.y, picture.height, stage.height);
  if (width < 1 || height < 1) return null;
  const part = { view: { scale, x: -left, y: -top }, size: { width, height } };
  return { ...part, isEnlarged: exact > 1 };
}

/** The outline of a rectangle or lasso that is being drawn, in pixels of the picture. */
function gesturePath({ gesture, picture }: PainterState): string {
  if (gesture?.kind === 'lasso') return pathOf(gesture.points);
  const area = gesture?.kind === 'rectangle' && rectangleBetween({ ...gesture, picture });
  if (!area) return '';
  const { left, top, width, height } = area;
  return `M${left} ${top}h${width}v${height}h${-width}z`;
}

function pathOf(points: readonly ImagePoint[]): string {
  return `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}z`;
}
