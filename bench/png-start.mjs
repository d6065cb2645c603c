import { crc32 } from 'node:zlib';

/** The first bytes of a PNG, its header chunk whole: 48 bytes, a multiple of three. */
export function pngStart({ width, height }) {
  const header = Buffer.alloc(17);
  header.write('IHDR');
  header.writeUInt32BE(width, 4);
  header.writeUInt32BE(height, 8);
  header.set([8, 2, 0, 0, 0], 12);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(header));
  const signature = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
  return Buffer.concat([signature, header, checksum, Buffer.alloc(15)]);
}
