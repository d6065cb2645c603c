import {
  type PointerEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import { keepMiddleButton } from '@/lib/client/browser/middle-button';
import {
  type ChosenView,
  createHold,
  createTaps,
  type PanZoomAction,
  panZoom,
  snapView,
  viewOf,
  wheelFactor,
} from '@/lib/core/pictures/pan-zoom';
import { isPannable, type StagePoint } from '@/lib/core/pictures/viewer-geometry';
import type { Size } from '@/lib/core/sizes/sizes';

export type PanZoom = ReturnType<typeof usePanZoom>;

const unmeasured = { width: 1, height: 1 };

/**
 * The view of a picture on a stage, and the ways to change it.
 * @param id Of the picture: another one is shown whole.
 */
export function usePanZoom(
  id: string,
  { picture = unmeasured, stage = unmeasured }: Partial<Record<'picture' | 'stage', Size>>,
) {
  // Glides after a click or a key, but not while a finger or the wheel leads.
  const [chosen, setChosen] = useState({ id, view: null as ChosenView | null, isSmooth: false });
  const frame = { picture, stage };
  const { view: own, isSmooth } = chosen.id === id ? chosen : { view: null, isSmooth: false };
  const view = snapView(viewOf(own, frame));
  return {
    view,
    isSmooth,
    isWhole: own === null,
    canPan: isPannable({ view, picture, stage }),
    change(action: PanZoomAction, { isSmooth = true } = {}) {
      // Several events may come before the next render: each builds on the last.
      setChosen((known) => ({
        id,
        view: panZoom(known.id === id ? known.view : null, action, frame),
        isSmooth,
      }));
    },
  };
}

const middleButton = 1;
/** What a press over the picture is meant for, instead of the picture. */
const controls = 'button, [data-grip]';
const swipePixels = 56;
// A press that moves less than this is a click or a tap.
const stillPixels = 8;

/**
 * Wheel, mouse and fingers on a stage: they zoom at the cursor, drag a picture that is larger than the
 * stage, and swipe one that is not to the next.
 */
export function useGestures(
  stage: RefObject<HTMLElement | null>,
  zoom: PanZoom,
  onSwipe: (direction: 1 | -1) => void,
) {
  const [{ hold, taps }] = useState(() => ({ hold: createHold(), taps: createTaps() }));
  const travelled = useRef(0);
  const isTouched = useRef(false);
  /** The button or slider over the picture that the only pointer has pressed. */
  const isOnControl = useRef(false);
  const hadTwoFingers = useRef(false);
  const [swipe, setSwipe] = useState(0);
  const [isDragging, setDragging] = useState(false);

  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): StagePoint => {
    const box = stage.current?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  };

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const action = { type: 'zoom', factor: wheelFactor(event), point: pointOf(event) } as const;
    zoom.change(action, { isSmooth: false });
  });
  useEffect(() => {
    const element = stage.current;
    const listen = (event: WheelEvent) => onWheel(event);
    const listening = new AbortController();
    const { signal } = listening;
    // React's own listener is passive: the page would be zoomed or scrolled as well.
    element?.addEventListener('wheel', listen, { passive: false, signal });
    if (element) keepMiddleButton(element, signal);
    return () => listening.abort();
  }, [stage]);

  const lift = (event: PointerEvent) => {
    if (!hold.release(event.pointerId) || hold.count() > 0) return;
    setDragging(false);
    setSwipe(0);
    if (event.type === 'pointercancel' || hadTwoFingers.current || isOnControl.current) return;
    const isStill = travelled.current < stillPixels;
    const point = pointOf(event);
    if (isTouched.current && Math.abs(swipe) >= swipePixels) onSwipe(swipe < 0 ? 1 : -1);
    // A mouse toggles by one click, and the second of a double click does not undo it. A finger toggles
    // by two taps, since a single one may begin a swipe.
    else if (isStill && taps.isDouble(point, event.timeStamp) === isTouched.current) {
      zoom.change({ type: 'toggle', point });
    }
  };

  return {
    /** How far a finger has pulled a picture that is not zoomed, in CSS pixels. */
    swipe,
    isDragging,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button > middleButton) return;
        const { target, currentTarget, pointerId } = event;
        if (hold.count() === 0) {
          isOnControl.current = target instanceof Element && target.closest(controls) !== null;
          // The middle button only moves.
          travelled.current = event.button === middleButton ? Infinity : 0;
          hadTwoFingers.current = false;
        }
        isTouched.current = event.pointerType === 'touch';
        hold.take(pointerId, pointOf(event));
        if (hold.count() > 1) {
          hadTwoFingers.current = true;
          isOnControl.current = false;
          setSwipe(0);
        }
        // One finger presses a control; with a second one it zooms.
        if (isOnControl.current) return;
        for (const id of hold.ids()) currentTarget.setPointerCapture(id);
        setDragging(true);
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const action = hold.move(event.pointerId, pointOf(event));
        if (!action || isOnControl.current) return;
        travelled.current += Math.hypot(action.by.x, action.by.y);
        if (action.type === 'zoom' || zoom.canPan) zoom.change(action, { isSmooth: false });
        else if (isTouched.current && !hadTwoFingers.current) setSwipe((so) => so + action.by.x);
      },
      onPointerUp: lift,
      onPointerCancel: lift,
    },
  };
}
