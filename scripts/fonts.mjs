// Makes app/fonts from the typefaces of the package geist: the Latin letters, and what the pages' words
// use besides; the weights that the pages use. Both whole files would be 141 KB of each first load.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const path = (address) => fileURLToPath(new URL(address, import.meta.url));
const range = (first, last) =>
  String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, step) => first + step));

const messages = path('../lib/i18n/messages');
const words = readdirSync(messages).map((name) => readFileSync(`${messages}/${name}`, 'utf8'));
// Basic Latin, Latin-1 and Latin Extended-A; Chinese is written with the system's own typeface.
const characters = `${range(0x20, 0x7e)}${range(0xa0, 0x17f)}${words.join('')}`;

const geist = dirname(createRequire(import.meta.url).resolve('geist/font/sans'));
for (const [source, target, wght] of [
  ['geist-sans/Geist-Variable.woff2', 'geist-sans.woff2', { min: 400, max: 700 }],
  ['geist-mono/GeistMono-Variable.woff2', 'geist-mono.woff2', 400],
]) {
  const font = readFileSync(`${geist}/fonts/${source}`);
  const options = { targetFormat: 'woff2', variationAxes: { wght } };
  writeFileSync(path(`../app/fonts/${target}`), await subsetFont(font, characters, options));
}
copyFileSync(`${geist}/../LICENSE.txt`, path('../app/fonts/OFL.txt'));
