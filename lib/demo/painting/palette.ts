import { namedColours } from './colour-words';
import { type Oklch, toHex } from './oklch';
import type { Random } from './random';

/** The colours of one picture, as hex. */
export interface Palette {
  /** From the top of the sky to the horizon. */
  sky: [string, string, string];
  /** From the farthest layer to the nearest; always six. */
  layers: string[];
  /** Sun, moon and whatever should catch the eye. */
  accent: string;
  /** Bright, for glow and highlights. */
  glow: string;
  /** The darkest. */
  ink: string;
  /** The leading colour itself. */
  lead: Oklch;
}

type Pair = readonly [lead: Oklch, accent: Oklch];

const pair = (
  lead: readonly [number, number, number],
  accent: readonly [number, number, number],
): Pair => {
  const colour = ([lightness, chroma, hue]: readonly [number, number, number]): Oklch => ({
    lightness,
    chroma,
    hue,
  });
  return [colour(lead), colour(accent)];
};

// Leading colour and accent that go well together, for prompts that name no colour.
const pairs: readonly [Pair, ...Pair[]] = [
  pair([0.6, 0.13, 30], [0.9, 0.09, 85]),
  pair([0.55, 0.12, 285], [0.82, 0.12, 50]),
  pair([0.58, 0.09, 160], [0.85, 0.11, 80]),
  pair([0.6, 0.1, 205], [0.82, 0.12, 40]),
  pair([0.56, 0.11, 250], [0.93, 0.06, 90]),
  pair([0.62, 0.12, 340], [0.88, 0.09, 70]),
  pair([0.72, 0.12, 65], [0.6, 0.17, 30]),
  pair([0.5, 0.08, 225], [0.76, 0.15, 35]),
  pair([0.64, 0.1, 125], [0.93, 0.07, 100]),
];

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/**
 * Mixes a palette for a prompt. The first colour that it names leads and the second is the accent;
 * a prompt without colours gets a pair by chance.
 * @param look varies with each picture of a request
 */
export function mixPalette({
  prompt,
  random,
  look,
}: {
  prompt: string;
  /** Seeded by the prompt alone, so that all pictures of a request share their colours. */
  random: Random;
  look: Random;
}): Palette {
  const [named, second] = namedColours(prompt);
  const [chosen, partner] = random.pick(pairs);
  const lead = named ?? chosen;
  // Beside black, white and grey only a warm accent does not look like a second theme.
  const turn = lead.chroma < 0.05 ? 75 - lead.hue : random.pick([35, -35]);
  const harmony = { lightness: 0.88, chroma: 0.09, hue: lead.hue + turn };
  const accent = second ?? (named ? harmony : partner);

  const { chroma, hue } = lead;
  const drift = look.between(-14, 14);
  // A light colour is shaded towards warm, as yellow towards orange: it would turn to olive.
  const shade = lead.lightness > 0.7 && chroma > 0.05 ? -26 : drift;
  const [low, high] = [
    clamp(lead.lightness - 0.3, 0.16, 0.6),
    clamp(lead.lightness + 0.2, 0.4, 0.9),
  ];
  const layers = Array.from({ length: 6 }, (_, index) => {
    const near = index / 5;
    return toHex({
      lightness: high + (low - high) * near,
      chroma: chroma * (0.55 + 0.45 * near),
      hue: hue + shade * near,
    });
  });
  const dark = lead.lightness < 0.35;
  const lift = dark ? -0.5 : lead.lightness > 0.7 ? 0.06 : 0;
  const sky = (lightness: number, strength: number, hueTurn: number) =>
    toHex({ lightness: lightness + lift, chroma: chroma * strength, hue: hue + hueTurn });
  return {
    sky: [sky(0.76, 0.62, drift), sky(0.87, 0.42, 0), sky(0.94, 0.24, -drift)],
    layers,
    accent: toHex(accent),
    glow: toHex({ lightness: 0.97, chroma: Math.min(accent.chroma, 0.05), hue: accent.hue }),
    ink: toHex({ lightness: low - 0.06, chroma: chroma * 0.7, hue: hue + shade }),
    lead,
  };
}
