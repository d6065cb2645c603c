import { sniffImageFormat, text } from './image-header';

/** More parts than any file has before its pixels. */
const mostParts = 1000;

/**
 * Whether a file carries Content Credentials (C2PA 2.1, §A.3): a `caBX` chunk before the pixels of a PNG,
 * an APP11 segment with a JUMBF box in a JPEG, a `C2PA` chunk in a WebP. Whether they are valid is not
 * looked at. Only the heads of the file's parts are read.
 * @param read gives some bytes of the file, fewer at its end
 * @returns undefined for another format
 */
export async function hasContentCredentials(
  read: (from: number, to: number) => Promise<Uint8Array>,
): Promise<boolean | undefined> {
  const format = sniffImageFormat(await read(0, 16));
  if (format === 'png') return inPng(read);
  if (format === 'jpeg') return inJpeg(read);
  if (format === 'webp') return inWebp(read);
  return undefined;
}

type Read = Parameters<typeof hasContentCredentials>[0];

async function inPng(read: Read): Promise<boolean> {
  let at = 8;
  for (let count = 0; count < mostParts; count++) {
    const head = await read(at, at + 8);
    const type = text(head, 4, 4);
    if (head.length < 8 || type === 'IDAT') return false;
    if (type === 'caBX') return true;
    at += 12 + new DataView(head.buffer, head.byteOffset).getUint32(0);
  }
  return false;
}

async function inJpeg(read: Read): Promise<boolean> {
  const [start, app11] = [0xda, 0xeb];
  let at = 2;
  for (let count = 0; count < mostParts; count++) {
    // Marker, length, `JP`, box instance, packet number, box length, box type (ISO 19566-5).
    const head = await read(at, at + 20);
    const marker = head[1];
    if (head.length < 4 || head[0] !== 0xff || marker === start) return false;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === app11 && text(head, 4, 2) === 'JP' && text(head, 16, 4) === 'jumb') return true;
    at += 2 + new DataView(head.buffer, head.byteOffset).getUint16(2);
  }
  return false;
}

async function inWebp(read: Read): Promise<boolean> {
  let at = 12;
  for (let count = 0; count < mostParts; count++) {
    const head = await read(at, at + 8);
    if (head.length < 8) return false;
    if (text(head, 0, 4) === 'C2PA') return true;
    const length = new DataView(head.buffer, head.byteOffset).getUint32(4, true);
    at += 8 + length + (length % 2);
  }
  return false;
}
