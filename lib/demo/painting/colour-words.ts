import type { Oklch } from './oklch';

interface ColourWord {
  english: readonly string[];
  chinese: readonly string[];
  colour: Oklch;
}

const row = (
  english: string,
  chinese: string,
  lightness: number,
  chroma: number,
  hue: number,
): ColourWord => ({
  english: english.split(' '),
  chinese: chinese.split(' '),
  colour: { lightness, chroma, hue },
});

// The lightness is where the colour looks most like its name.
const colourWords: readonly ColourWord[] = [
  row('red scarlet crimson', '红 赤', 0.58, 0.2, 27),
  row('orange', '橙 橘', 0.73, 0.17, 55),
  row('yellow', '黄', 0.86, 0.17, 95),
  row('gold golden', '金', 0.79, 0.14, 82),
  row('green', '绿', 0.62, 0.16, 146),
  row('teal turquoise cyan', '青', 0.68, 0.12, 195),
  row('blue', '蓝', 0.56, 0.16, 254),
  row('navy indigo', '靛 深蓝', 0.4, 0.12, 268),
  row('purple violet', '紫', 0.52, 0.17, 302),
  row('pink rose', '粉', 0.77, 0.13, 355),
  row('brown', '棕 褐 咖啡色', 0.5, 0.08, 55),
  row('beige', '米色 米白', 0.87, 0.04, 80),
  row('black', '黑', 0.24, 0.01, 270),
  row('white', '白', 0.96, 0.006, 250),
  row('grey gray silver', '灰 银', 0.64, 0.008, 260),
];

/** The colours that a text names in English or Chinese, in the order in which it names them. */
export function namedColours(text: string): Oklch[] {
  return colourWords
    .map(({ english, chinese, colour }) => ({
      colour,
      place: text.search(new RegExp(`\\b(?:${english.join('|')})\\b|${chinese.join('|')}`, 'iu')),
    }))
    .filter(({ place }) => place >= 0)
    .sort((one, other) => one.place - other.place)
    .map(({ colour }) => colour);
}
