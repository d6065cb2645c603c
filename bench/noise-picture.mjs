import sharp from 'sharp';

/** A PNG of noise, which hardly shrinks: about 25 MB at 3840 × 2160. */
export function noisePicture(size) {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 };
  return sharp({ create: { ...size, channels: 3, noise } })
    .png()
    .toBuffer();
}
