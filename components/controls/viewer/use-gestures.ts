import {
  type PointerEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import type { StagePoint } from '@/lib/core/pictures/viewer-geometry';
import type { Zoom } from './use-zoom';

const swipeFrom = 56;
const doubleTap = { withinMs: 320, withinPixels: 32 };
const still = 8;
// A wheel's notch is about 100 pixels; a trackpad's pinch comes as small steps with Ctrl.
const wheelStrength = 0.0018;
const pinchStrength = 0.012;
const lineHeight = 16;

/**
 * Wheel, mouse and fingers on the stage: zoom to the cursor, drag a picture that is larger than the
 * stage, swipe one that is not to the next.
 */
export function useGestures(
  stage: RefObject<HTMLElement | null>,
  zoom: Zoom,
  onSwipe: (direction: 1 | -1) => void,
) {
  const pointers = useRef(new Map<number, StagePoint>());
  const travelled = useRef(0);
  const isTouched = useRef(false);
  const hadTwoFingers = useRef(false);
  const lastTap = useRef({ time: 0, x: 0, y: 0 });
  const [swipe, setSwipe] = useState(0);
  const [isDragging, setDragging] = useState(false);

  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): StagePoint => {
    const box = stage.current?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  };

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const pixels = event.deltaMode === 1 ? event.deltaY * lineHeight : event.deltaY;
    const strength = event.ctrlKey ? pinchStrength : wheelStrength;
    zoom.zoomBy(Math.exp(-pixels * strength), pointOf(event));
  });
  useEffect(() => {
    const element = stage.current;
    const listen = (event: WheelEvent) => onWheel(event);
    // React's own listener is passive: the page would be zoomed or scrolled as well.
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, [stage]);

  const lift = (event: PointerEvent) => {
    if (!pointers.current.delete(event.pointerId) || pointers.current.size > 0) return;
    setDragging(false);
    setSwipe(0);
    if (event.type === 'pointercancel' || hadTwoFingers.current) return;
    // One click is enough for a mouse; a finger taps twice, since its first may begin a swipe.
    if (!isTouched.current) {
      if (travelled.current < still) zoom.toggle(pointOf(event));
      return;
    }
    if (Math.abs(swipe) >= swipeFrom) onSwipe(swipe < 0 ? 1 : -1);
    else if (travelled.current < still) tap(event);
  };

  // Browsers make no double click of two taps where they may not zoom themselves.
  const tap = (event: PointerEvent) => {
    const point = pointOf(event);
    const before = lastTap.current;
    const isNear = Math.hypot(point.x - before.x, point.y - before.y) < doubleTap.withinPixels;
    const isSecond = event.timeStamp - before.time < doubleTap.withinMs && isNear;
    lastTap.current = { ...point, time: isSecond ? 0 : event.timeStamp };
    if (isSecond) zoom.toggle(point);
  };

  return {
    /** How far a finger has pulled a picture that is not zoomed. */
    swipe,
    isDragging,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        if (pointers.current.size === 0) {
          travelled.current = 0;
          hadTwoFingers.current = false;
        }
        isTouched.current = event.pointerType === 'touch';
        pointers.current.set(event.pointerId, pointOf(event));
        if (pointers.current.size > 1) {
          hadTwoFingers.current = true;
          setSwipe(0);
        }
        setDragging(true);
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const before = pointers.current.get(event.pointerId);
        if (!before) return;
        const after = pointOf(event);
        const moved = { x: after.x - before.x, y: after.y - before.y };
        const [other] = [...pointers.current].filter(([id]) => id !== event.pointerId);
        pointers.current.set(event.pointerId, after);
        travelled.current += Math.hypot(moved.x, moved.y);
        if (other) {
          const [, held] = other;
          const span = (one: StagePoint) => Math.max(1, Math.hypot(one.x - held.x, one.y - held.y));
          const middle = { x: (after.x + held.x) / 2, y: (after.y + held.y) / 2 };
          const half = { x: moved.x / 2, y: moved.y / 2 };
          zoom.zoomBy(span(after) / span(before), middle, half);
        } else if (zoom.canPan) {
          zoom.pan(moved);
        } else if (isTouched.current && !hadTwoFingers.current) {
          setSwipe((so) => so + moved.x);
        }
      },
      onPointerUp: lift,
      onPointerCancel: lift,
    },
  };
}
