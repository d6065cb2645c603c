import { expect, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import { applyOperation } from '@/lib/core/mask/apply-operation';
import type { MaskOperation, StrokePoint } from '@/lib/core/mask/operations';
import { type ImagePoint, screenPoint, toImagePoint } from '@/lib/core/mask/operations';
import { createRaster } from '@/lib/core/mask/raster';
import type { Size } from '@/lib/core/sizes/sizes';

/** A mask as its pixels: 0 stays, 255 will change. */
export interface MaskPixels extends Size {
  data: Uint8Array;
}

/** Downloads the mask that is on the screen. */
export async function downloadMask(page: Page): Promise<MaskPixels> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('mask-export').click(),
  ]);
  return readMask(await download.path());
}

/** Reads a mask's file: it must have an alpha channel, and no colour but black. */
export async function readMask(file: string | Buffer): Promise<MaskPixels> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(4);
  const { width, height } = info;
  const mask = new Uint8Array(width * height);
  let colours = 0;
  for (let index = 0; index < mask.length; index++) {
    mask[index] = 255 - (data[index * 4 + 3] ?? 0);
    colours += (data[index * 4] ?? 0) + (data[index * 4 + 1] ?? 0) + (data[index * 4 + 2] ?? 0);
  }
  expect(colours).toBe(0);
  return { data: mask, width, height };
}

/** What the rasteriser says of operations. */
export function expectedMask(size: Size, operations: readonly MaskOperation[]): MaskPixels {
  const raster = createRaster(size);
  for (const operation of operations) applyOperation(raster, operation);
  return raster;
}

/** How many pixels of two masks differ; all of them if their sizes do. */
export function differingPixels(one: MaskPixels, other: MaskPixels): number {
  if (one.width !== other.width || one.height !== other.height) return one.data.length;
  return one.data.reduce((count, value, at) => count + (value === other.data[at] ? 0 : 1), 0);
}

/** The share of a mask that is painted. */
export function shareOf({ data }: MaskPixels): number {
  return data.reduce((sum, value) => sum + value, 0) / data.length / 255;
}

/** A picture on the screen, and which of its pixels lie where. */
export async function shownPicture(surface: Locator, size: Size) {
  const box = await surface.boundingBox();
  if (!box) throw new Error('The picture is not shown.');
  const view = { scale: box.width / size.width, x: box.x, y: box.y };
  const hundredth = (value: number) => Math.round(value * 100) / 100;
  const imageAt = (x: number, y: number): ImagePoint => {
    const point = toImagePoint(screenPoint(x, y), view);
    return { x: hundredth(point.x), y: hundredth(point.y) };
  };
  return {
    box,
    view,
    /** The point of the page at shares of the picture's sides, on a whole CSS pixel. */
    at: (x: number, y: number) =>
      [Math.round(box.x + x * box.width), Math.round(box.y + y * box.height)] as const,
    /** The point of the picture at a point of the page, as the painter notes it. */
    imageAt,
    /** The points of a stroke that goes through these points of the page. */
    stroke: (places: readonly (readonly [number, number])[], radius: number): StrokePoint[] =>
      places.map(([x, y]) => ({ ...imageAt(x, y), radius })),
  };
}
