'use client';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';

const keyStep = 32;

/**
 * The left edge of a column at the right of the page, which mouse, finger and arrow keys move: the window
 * splitter of the ARIA Authoring Practices. The column is the element around it.
 */
export function ColumnEdge({
  label,
  min,
  className,
  onWidth,
}: {
  label: string;
  /** In CSS pixels; the most is half the window. */
  min: number;
  className: string;
  /** Told the new width in CSS pixels; undefined, at a double click: the usual one. */
  onWidth: (width: number | undefined) => void;
}) {
  const edge = useRef<HTMLHRElement>(null);
  const grip = useRef<{ x: number; width: number }>(null);
  const [width, setWidth] = useState(min);
  const [most, setMost] = useState(min);
  const measure = () => {
    const measured = edge.current?.parentElement?.offsetWidth ?? 0;
    setWidth(measured);
    setMost(Math.max(min, Math.floor(innerWidth / 2)));
    return measured;
  };
  const change = (next: number) => {
    const bounded = Math.round(Math.min(innerWidth / 2, Math.max(min, next)));
    setWidth(bounded);
    onWidth(bounded);
  };
  const onPointerDown = ({ button, clientX: x, pointerId, currentTarget }: PointerEvent) => {
    if (button !== 0) return;
    currentTarget.setPointerCapture(pointerId);
    grip.current = { x, width: measure() };
  };
  const onPointerMove = ({ clientX }: PointerEvent) => {
    if (grip.current) change(grip.current.width + grip.current.x - clientX);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const now = measure();
    const steps: Record<string, number> = {
      ArrowLeft: now + keyStep,
      ArrowRight: now - keyStep,
      Home: min,
      End: innerWidth,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    change(next);
  };
  return (
    <hr
      ref={edge}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={most}
      tabIndex={0}
      title={label}
      className={`absolute inset-y-0 -left-1 z-10 m-0 h-auto w-2 cursor-ew-resize touch-none border-0 transition-colors hover:bg-accent/30 focus-visible:bg-accent/50 ${className}`}
      onFocus={measure}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => {
        grip.current = null;
      }}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onWidth(undefined)}
    />
  );
}
