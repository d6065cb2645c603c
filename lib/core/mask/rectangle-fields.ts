import type { Size } from '../sizes/sizes';
import type { Rectangle } from './operations';

/** A rectangle as four fields hold it. */
export interface Edges {
  left: string;
  top: string;
  width: string;
  height: string;
}

/** The rectangle that is written there; null if one is no whole number, or it leaves the picture. */
export function rectangleOf(edges: Edges, picture: Size): Rectangle | null {
  if (!Object.values(edges).every((text) => /^\d+$/.test(text))) return null;
  const area = {
    left: Number(edges.left),
    top: Number(edges.top),
    width: Number(edges.width),
    height: Number(edges.height),
  };
  if (area.width < 1 || area.left + area.width > picture.width) return null;
  return area.height < 1 || area.top + area.height > picture.height ? null : area;
}
