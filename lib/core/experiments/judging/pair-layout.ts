import type { Size } from '../../sizes/sizes';

/** Whether the shapes of two pictures differ by more than 2 %, by which one may guess where they are from. */
export function shapesDiffer(one: Size, other: Size): boolean {
  const ratio = (one.width * other.height) / (one.height * other.width);
  return Math.max(ratio, 1 / ratio) > 1.02;
}

/**
 * The sizes at which two pictures are shown, in CSS pixels: of one height and as large as fits, whatever
 * their own sizes, which would tell them apart.
 * @param area what both have together
 * @param isStacked one above the other; else side by side
 * @param isCropped both get the shape that lies between theirs, so that neither loses more than the other
 */
export function pairLayout(
  [first, second]: readonly [Size, Size],
  {
    area,
    gap,
    isStacked,
    isCropped,
  }: { area: Size; gap: number; isStacked: boolean; isCropped: boolean },
): [Size, Size] {
  const own = [first, second].map(({ width, height }) => width / height) as [number, number];
  const between = Math.sqrt(own[0] * own[1]);
  const shapes: [number, number] = isCropped ? [between, between] : own;
  const room = isStacked
    ? { width: area.width, height: (area.height - gap) / 2 }
    : { width: (area.width - gap) / 2, height: area.height };
  const height = Math.max(0, Math.min(room.height, ...shapes.map((shape) => room.width / shape)));
  return shapes.map((shape) => ({ width: shape * height, height })) as [Size, Size];
}
