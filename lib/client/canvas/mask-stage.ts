import type { ScreenPoint } from '../../core/mask/operations';
import {
  type ChosenView,
  type PanZoomAction,
  panZoom,
  pixelsShownFrom,
  snapView,
  viewOf,
} from '../../core/pictures/pan-zoom';
import type { Size } from '../../core/sizes/sizes';
import type { MaskSession } from '../edit/mask-session';
import { createStageOverlay } from './stage-overlay';
import { listenToPointers } from './stage-pointers';

// The space around the whole picture, in CSS pixels, so that a stroke can begin outside it.
const margin = 12;

/** The elements of a stage. Only this file may move or resize those inside `stage`. */
export interface StageElements {
  /** Takes the pointers, and clips what is outside its box. */
  stage: HTMLElement;
  /** Contains the picture, which fills it. */
  surface: HTMLElement;
  /** Lies over the picture, inside the surface, and shows the mask. */
  overlay: HTMLElement;
  outline: SVGPathElement;
  /** The brush's ring, in the stage. */
  cursor: HTMLElement;
}

/** Lets pointers on a stage paint into a session's mask. @returns how to stop */
export function openMaskStage(session: MaskSession, elements: StageElements): () => void {
  const { stage, surface, outline, cursor } = elements;
  const { size, store } = session;
  const overlay = createStageOverlay({
    container: elements.overlay,
    outline,
    picture: size,
    look: store.getState().look,
    render: session.render,
  });
  let hover: ScreenPoint | null = null;
  let ring = 0;
  let cursorFrame = 0;

  let stageSize: Size = { width: 1, height: 1 };
  let chosen: ChosenView | null = null;
  const frame = () => ({ picture: size, stage: stageSize, margin });
  // Snapped, so that the overlay lies exactly on the picture.
  const view = () => snapView(viewOf(chosen, frame()));

  const show = () => {
    const shown = view();
    surface.style.transform = `translate(${shown.x}px, ${shown.y}px)`;
    surface.style.width = `${size.width * shown.scale}px`;
    surface.style.height = `${size.height * shown.scale}px`;
    surface.style.imageRendering = shown.scale > pixelsShownFrom ? 'pixelated' : 'auto';
    overlay.moveTo(shown, stageSize);
    placeCursor();
    if (store.getState().scale !== shown.scale) store.setState({ scale: shown.scale });
  };
  const change = (action: PanZoomAction) => {
    chosen = panZoom(chosen, action, frame());
    show();
  };

  // Once per frame, because a move between two frames costs a layout and is never seen.
  function placeCursor() {
    cursorFrame ||= requestAnimationFrame(drawCursor);
  }

  function drawCursor() {
    cursorFrame = 0;
    const { brushSize, hasRing } = session.cursor();
    cursor.style.display = hover && hasRing ? 'block' : 'none';
    if (!hover || !hasRing) return;
    const side = Math.max(3, brushSize * view().scale);
    if (side !== ring) {
      ring = side;
      cursor.style.width = `${side}px`;
      cursor.style.height = `${side}px`;
    }
    cursor.style.transform = `translate(${hover.x - side / 2}px, ${hover.y - side / 2}px)`;
  }

  const pointers = listenToPointers({
    stage,
    view,
    change,
    tell: session.dispatch,
    onHover(point) {
      hover = point;
      placeCursor();
    },
  });
  overlay.update(session.painter());
  const leavePainter = session.onChange((state) => {
    overlay.update(state);
    placeCursor();
  });
  const leaveStore = store.subscribe((after, before) => {
    if (after.look !== before.look) overlay.look(after.look);
    if (after.isReady !== before.isReady) overlay.refresh();
  });
  const measure = () => {
    stageSize = { width: stage.clientWidth, height: stage.clientHeight };
    show();
  };
  const observer = new ResizeObserver(measure);
  observer.observe(stage);
  measure();
  const leaveStage = session.setStage({ change, setMoving: pointers.setMoving });

  return () => {
    leaveStage();
    observer.disconnect();
    cancelAnimationFrame(cursorFrame);
    leaveStore();
    leavePainter();
    pointers.close();
    overlay.close();
  };
}
