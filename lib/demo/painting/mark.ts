import type { Frame } from './shapes';
import { rectangle, short } from './shapes';

// The word "demo" as strokes of a round pen, x-height 10: no font has to be there.
const letters = [
  'M10 5a5 5 0 1 0-10 0a5 5 0 1 0 10 0M10-6V10',
  'M14.2 5H23.8A5 5 0 1 0 22.2 8.8',
  'M28 10V0M28 4.2a4.2 4.2 0 0 1 8.4 0V10M36.4 4.2a4.2 4.2 0 0 1 8.4 0V10',
  'M59 5a5 5 0 1 0-10 0a5 5 0 1 0 10 0',
].join('');

/** Width and height of the mark in frame units. */
export const markSize = { width: 92, height: 42 };

const margin = 26;

/** Where the mark stands unless there is a reason: the lower right corner. */
export function markCorner(frame: Frame): { x: number; y: number } {
  return {
    x: frame.width - markSize.width - margin,
    y: frame.height - markSize.height - margin,
  };
}

/** Where it stands when everything round the subject has to stay empty. */
export function markInSubject(frame: Frame): { x: number; y: number } {
  return { x: (frame.width - markSize.width) / 2, y: frame.height / 2 + 230 };
}

/** The mark that says that no model made this picture, as vector shapes. */
export function drawMark({ x, y }: { x: number; y: number }): string {
  const pill = rectangle({ x, y, ...markSize }, '#000', { radius: 21, opacity: 0.38 });
  const place = `translate(${short(x + 16.5)} ${short(y + 17.5)})`;
  return `${pill}<path d="${letters}" transform="${place}" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" stroke-opacity="0.95"/>`;
}
