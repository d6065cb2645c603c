import { seededRandom } from './random';

/** A colour in OKLCH: lightness from 0 to 1, chroma from 0 to 0.37, hue in degrees. */
export type Colour = readonly [lightness: number, chroma: number, hue: number];

/** The colours of one picture, as `#rrggbb`. */
export interface Palette {
  /** From the top of the sky to the horizon. */
  sky: string[];
  /** Six layers of land, from the farthest to the nearest. */
  layers: string[];
  /** Sun or moon. */
  accent: string;
  /** A bright tint of the accent for clouds, light and windows. */
  glow: string;
}

// The lightness of each is where the colour looks most like its name.
const colourWords: readonly [english: string, chinese: string, colour: Colour][] = [
  ['red|scarlet|crimson', '红|赤', [0.58, 0.2, 27]],
  ['orange', '橙|橘', [0.73, 0.17, 55]],
  ['yellow', '黄', [0.86, 0.17, 95]],
  ['gold|golden', '金', [0.79, 0.14, 82]],
  ['green', '绿', [0.62, 0.16, 146]],
  ['teal|turquoise|cyan', '青', [0.68, 0.12, 195]],
  ['blue', '蓝', [0.56, 0.16, 254]],
  ['navy|indigo', '靛|深蓝', [0.4, 0.12, 268]],
  ['purple|violet', '紫', [0.52, 0.17, 302]],
  ['pink|rose', '粉', [0.77, 0.13, 355]],
  ['brown', '棕|褐|咖啡色', [0.5, 0.08, 55]],
  ['beige', '米色|米白', [0.87, 0.04, 80]],
  ['black', '黑', [0.24, 0.01, 270]],
  ['white', '白', [0.96, 0.006, 250]],
  ['grey|gray|silver', '灰|银', [0.64, 0.008, 260]],
];

/** The colours that a text names in English or Chinese, in the order in which it names them. */
export function namedColours(text: string): Colour[] {
  return colourWords
    .map(([english, chinese, colour]) => ({
      colour,
      place: text.search(new RegExp(`\\b(?:${english})\\b|${chinese}`, 'iu')),
    }))
    .filter(({ place }) => place >= 0)
    .sort((one, other) => one.place - other.place)
    .map(({ colour }) => colour);
}

/** The colour that leads in every picture of a prompt: the first it names, else one by its seed (never olive). */
export function leadingColour(prompt: string): Colour {
  return namedColours(prompt)[0] ?? [0.6, 0.11, seededRandom(`hue/${prompt}`).between(140, 400)];
}

/**
 * Mixes the palette of a picture. The second colour that the prompt names becomes the accent.
 * @param drift degrees of hue by which one picture of a prompt differs from the next
 */
export function mixPalette(prompt: string, drift: number): Palette {
  const [lightness, chroma, hue] = leadingColour(prompt);
  const isDark = lightness < 0.35;
  const isLight = lightness > 0.7;
  // Without chroma there is no hue to go with, so the accent is a warm one.
  const warm: Colour = [0.88, 0.1, chroma < 0.05 || (hue > 150 && hue < 330) ? 75 : hue + 35];
  const accent = namedColours(prompt)[1] ?? warm;
  const far = Math.min(0.9, Math.max(0.4, lightness + 0.2));
  const near = Math.min(0.6, Math.max(0.16, lightness - 0.3));
  // A light colour is shaded towards red: darker yellow of the same hue would be olive.
  const shade = isLight && chroma > 0.05 ? -26 : drift;
  const lift = isDark ? -0.5 : isLight ? 0.06 : 0;
  const skyTone = (tone: number, strength: number, turn: number) =>
    toHex([tone + lift, chroma * strength, hue + turn]);
  return {
    sky: [skyTone(0.76, 0.62, drift), skyTone(0.87, 0.42, 0), skyTone(0.94, 0.24, -drift)],
    layers: [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) =>
      toHex([far + (near - far) * share, chroma * (0.55 + 0.45 * share), hue + shade * share]),
    ),
    accent: toHex(accent),
    glow: toHex([0.97, Math.min(accent[1], 0.05), accent[2]]),
  };
}

/** The colour as sRGB channels from 0 to 255, by Ottosson's matrices (bottosson.github.io/posts/oklab). */
export function toRgb([lightness, chroma, hue]: Colour): [number, number, number] {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channel = (linear: number) => {
    const clipped = Math.min(1, Math.max(0, linear));
    const gamma = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(gamma * 255);
  };
  return [
    channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    channel(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function toHex(colour: Colour): string {
  return `#${Buffer.from(toRgb(colour)).toString('hex')}`;
}
