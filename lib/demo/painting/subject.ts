import type { Random } from './random';
import { circle, type Frame, type Point, short, smoothThrough } from './shapes';

/** The outline of a subject in the middle of the frame, as one filled SVG shape. */
export function drawSubject({ frame, random }: { frame: Frame; random: Random }): string {
  const centre: Point = [frame.width / 2, frame.height / 2];
  const radius = random.between(365, 405);
  return random.pick([drawDisc, drawBlossom, drawLeaf, drawPebble])(centre, radius, random);
}

type Draw = (centre: Point, radius: number, random: Random) => string;

const drawDisc: Draw = ([x, y], radius) => circle(x, y, radius, '#fff');

const drawBlossom: Draw = (centre, radius, random) => {
  const petals = random.pick([5, 6, 8]);
  const turn = random.between(0, 1);
  const steps = petals * 8;
  return closed(
    Array.from({ length: steps }, (_, step) => {
      const angle = ((step + turn) / steps) * 2 * Math.PI;
      const reach = radius * (0.89 + 0.11 * Math.cos(angle * petals));
      return [centre[0] + reach * Math.cos(angle), centre[1] + reach * Math.sin(angle)] as const;
    }),
  );
};

const drawLeaf: Draw = ([x, y], radius, random) => {
  const angle = random.between(25, 65) * random.pick([-1, 1]);
  const [top, bottom, side] = [short(y - radius * 1.12), short(y + radius * 1.12), radius * 0.98];
  const path = `M${short(x)} ${top}C${short(x + side)} ${short(y - radius * 0.4)} ${short(x + side)} ${short(y + radius * 0.55)} ${short(x)} ${bottom}C${short(x - side)} ${short(y + radius * 0.55)} ${short(x - side)} ${short(y - radius * 0.4)} ${short(x)} ${top}Z`;
  return `<path d="${path}" transform="rotate(${short(angle)} ${short(x)} ${short(y)})" fill="#fff"/>`;
};

const drawPebble: Draw = (centre, radius, random) => {
  const phase = random.between(0, 6);
  return closed(
    Array.from({ length: 24 }, (_, step) => {
      const angle = (step / 24) * 2 * Math.PI;
      const reach =
        radius * (0.93 + 0.06 * Math.sin(angle * 2 + phase) + 0.04 * Math.sin(angle * 3));
      return [centre[0] + reach * Math.cos(angle), centre[1] + reach * Math.sin(angle)] as const;
    }),
  );
};

// A smooth closed line: the curve overlaps itself by two points, so that the seam does not show.
function closed(points: readonly Point[]): string {
  const [first, second] = points;
  if (!first || !second) return '';
  const curve = smoothThrough([...points, first, second]);
  return `<path d="M${short(first[0])} ${short(first[1])}${curve}Z" fill="#fff"/>`;
}
