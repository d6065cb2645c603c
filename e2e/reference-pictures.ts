import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

/** A file as a page is given it. */
export interface PictureFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A picture of one colour, a third of it dark, so that one sees which way up it is. */
function picture(width: number, height: number, colour: string) {
  const half = { width, height: Math.ceil(height / 3), channels: 3, background: '#123' } as const;
  const canvas = sharp({ create: { width, height, channels: 3, background: colour } });
  return canvas.composite([{ input: { create: half }, gravity: 'north' }]);
}

/** A PNG of its own colour. */
export async function pngFile(name: string, colour: string): Promise<PictureFile> {
  const buffer = await picture(60, 40, colour).png().toBuffer();
  return { name, mimeType: 'image/png', buffer };
}

/** A JPEG that is stored on its side: 60 × 40 in the file, 40 × 60 as it is seen. */
export async function turnedFile(name: string): Promise<PictureFile> {
  const buffer = await picture(60, 40, '#c84').withMetadata({ orientation: 6 }).jpeg().toBuffer();
  return { name, mimeType: 'image/jpeg', buffer };
}

/** Files that are not taken, each for a reason of its own. */
export async function badFiles(): Promise<Record<string, PictureFile>> {
  const file = (name: string, buffer: Buffer, mimeType = 'image/png') => ({
    [name]: { name, mimeType, buffer },
  });
  const png = await picture(400, 300, '#4a8').png().toBuffer();
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  return {
    ...file('empty.png', Buffer.alloc(0)),
    ...file('notes.png', Buffer.from('These are notes.')),
    ...file('bomb.png', bomb),
    ...file('half.png', png.subarray(0, png.length / 2)),
    ...file('start.png', png.subarray(0, 20)),
    ...file('photo.heic', heicHead(), 'image/heic'),
    ...file('web.webp', await picture(50, 30, '#48a').webp().toBuffer(), 'image/webp'),
    ...file('print.tif', await picture(50, 30, '#48a').tiff().toBuffer(), 'image/tiff'),
  };
}

/** The start of a file as a phone writes it. */
function heicHead(): Buffer {
  const head = Buffer.alloc(300);
  head.writeUInt32BE(24, 0);
  head.write('ftypheic\0\0\0\0mif1heic', 4, 'latin1');
  return head;
}

/** A PNG of so many bytes: what follows its end does not count as picture, but as bytes. */
export async function heavyPng(bytes: number): Promise<Buffer> {
  const png = await picture(60, 40, '#a4c').png().toBuffer();
  return Buffer.concat([png, Buffer.alloc(bytes - png.length)]);
}

/** A path for a file of this name that nobody else writes. */
export const filePath = (name: string) => join(tmpdir(), `references-${process.pid}-${name}`);

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
