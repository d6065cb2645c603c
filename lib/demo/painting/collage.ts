import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import type { Size } from '../../core/sizes/sizes';
import { drawMarkLayer } from './drawing';
import { decodePicture, type Pixels } from './raster';

interface Cell {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Cells for so many pictures, in rows that fill the size evenly; the last row is centred. */
export function gridCells(count: number, size: Size): Cell[] {
  const columns = Math.min(
    count,
    Math.max(1, Math.round(Math.sqrt((count * size.width) / size.height))),
  );
  const rows = Math.ceil(count / columns);
  const gap = Math.max(1, Math.round(Math.min(size.width, size.height) * 0.04));
  const width = Math.max(1, Math.floor((size.width - gap * (columns + 1)) / columns));
  const height = Math.max(1, Math.floor((size.height - gap * (rows + 1)) / rows));
  return Array.from({ length: count }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const indent = Math.round(((columns - inRow) * (width + gap)) / 2);
    return {
      left: gap + indent + column * (width + gap),
      top: gap + row * (height + gap),
      width,
      height,
    };
  });
}

/**
 * Lays pictures over a backdrop like prints on a table. They are decoded one after another, each
 * to the size of its print, so that sixteen large photographs never stand in memory side by side.
 */
export async function collage({
  backdrop,
  size,
  pictures,
  marked,
}: {
  /** SVG; nothing but the prints if absent. */
  backdrop: string | undefined;
  size: Size;
  pictures: readonly { bytes: Buffer; param: string }[];
  marked: boolean;
}): Promise<Sharp> {
  const layers: OverlayOptions[] = [];
  for (const [index, cell] of gridCells(pictures.length, size).entries()) {
    const picture = pictures[index];
    if (!picture) break;
    const border = Math.max(1, Math.round(Math.min(cell.width, cell.height) * 0.03));
    const inner = {
      width: Math.max(1, cell.width - 2 * border),
      height: Math.max(1, cell.height - 2 * border),
    };
    const print = await decodePicture({ ...picture, size: inner, fit: 'inside' });
    layers.push(...printLayers({ print, cell, border }));
  }
  const ground = backdrop
    ? sharp(Buffer.from(backdrop))
    : sharp({ create: { ...size, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
  const mark = marked ? [{ input: Buffer.from(drawMarkLayer(size)) }] : [];
  return ground.composite([...layers, ...mark]);
}

function printLayers({
  print,
  cell,
  border,
}: {
  print: Pixels;
  cell: Cell;
  border: number;
}): OverlayOptions[] {
  const { width, height } = print.size;
  const left = cell.left + Math.round((cell.width - width) / 2);
  const top = cell.top + Math.round((cell.height - height) / 2);
  const [outerWidth, outerHeight] = [width + 2 * border, height + 2 * border];
  const paper = `<svg xmlns="http://www.w3.org/2000/svg" width="${outerWidth}" height="${outerHeight}"><rect width="100%" height="100%" rx="${border}" fill="#fff"/></svg>`;
  return [
    { input: Buffer.from(paper), left: left - border, top: top - border },
    { input: print.rgba, raw: { ...print.size, channels: 4 }, left, top },
  ];
}
