/** A colour by lightness (0–1), chroma (0–0.37) and hue (degrees): even steps look even. */
export interface Oklch {
  lightness: number;
  chroma: number;
  hue: number;
}

/** The colour as `#rrggbb`; what sRGB cannot show loses chroma, not lightness or hue. */
export function toHex(colour: Oklch): string {
  return `#${toRgb(colour)
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`;
}

/** The colour as red, green and blue from 0 to 255. */
export function toRgb(colour: Oklch): [number, number, number] {
  const lightness = Math.min(1, Math.max(0, colour.lightness));
  let { chroma } = colour;
  let rgb = linearRgb({ ...colour, lightness, chroma });
  while (chroma > 0.002 && rgb.some((channel) => channel < -0.001 || channel > 1.001)) {
    chroma *= 0.94;
    rgb = linearRgb({ ...colour, lightness, chroma });
  }
  return rgb.map(encode) as [number, number, number];
}

// Björn Ottosson's matrices: https://bottosson.github.io/posts/oklab/
function linearRgb({ lightness, chroma, hue }: Oklch): [number, number, number] {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function encode(linear: number): number {
  const clipped = Math.min(1, Math.max(0, linear));
  const gamma = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
  return Math.round(gamma * 255);
}
