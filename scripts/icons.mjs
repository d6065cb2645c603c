// Writes the icons that browsers and phones ask for from public/icon.svg: npm run icons
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const folder = fileURLToPath(new URL('../public/', import.meta.url));
const rounded = readFileSync(`${folder}icon.svg`, 'utf8');
// iOS and Android cut out their own shape, so the background fills the square.
const square = rounded.replace(/rx="\d+"/, '');
// Of a maskable icon, a circle of 80 % of its width is sure to be seen.
const maskable = square
  .replace('<circle', '<g transform="translate(16 16) scale(.8) translate(-16 -16)"><circle')
  .replace('</svg>', '</g></svg>');

const png = (svg, side) =>
  sharp(Buffer.from(svg), { density: (72 * side) / 32 })
    .resize(side, side)
    .png({ compressionLevel: 9 })
    .toBuffer();

for (const side of [192, 512]) {
  writeFileSync(`${folder}icon-${side}.png`, await png(rounded, side));
  writeFileSync(`${folder}icon-maskable-${side}.png`, await png(maskable, side));
}
writeFileSync(`${folder}apple-touch-icon.png`, await png(square, 180));
writeFileSync(
  `${folder}favicon.ico`,
  ico(
    await Promise.all(
      [16, 32, 48].map(async (side) => ({ side, bytes: await png(rounded, side) })),
    ),
  ),
);

/** An ICO file: a header, one entry of 16 bytes for each picture, then the pictures as PNG. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { side, bytes }] of pictures.entries()) {
    const entry = 6 + 16 * index;
    head.writeUInt8(side, entry);
    head.writeUInt8(side, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(bytes.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += bytes.length;
  }
  return Buffer.concat([head, ...pictures.map(({ bytes }) => bytes)]);
}
