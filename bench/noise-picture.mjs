import { mkdirSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';

/** A PNG of noise, which hardly shrinks: about 25 MB at 3840 × 2160. */
export function noisePicture(size) {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 };
  return sharp({ create: { ...size, channels: 3, noise } })
    .png()
    .toBuffer();
}

/** The same as a file, and its path: a browser that is handed 25 MB instead may take half a minute. */
export async function noiseFile({ width, height }) {
  const path = `bench/results/noise-${width}x${height}.png`;
  mkdirSync('bench/results', { recursive: true });
  writeFileSync(path, await noisePicture({ width, height }));
  return path;
}
