import type { Size } from '../../core/sizes/sizes';
import { mixPalette, type Palette } from './colours';
import { type Random, seededRandom } from './random';

/** What decides how a picture looks: the same sketch always becomes the same picture. */
export interface Sketch {
  prompt: string;
  /** Which of a request's pictures this is, and of which kind of request. */
  variant: string;
  size: Size;
  /** 0 (quality low) to 2 (high). */
  detail: number;
}

/** The area to draw on. Its shorter side has 1000 units, whatever the pixels. */
interface Canvas extends Size {
  palette: Palette;
  random: Random;
  detail: number;
}

/** Where the mark stands: a corner, the middle of a cut-out subject, or the upper left in pixels. */
export type MarkPlace = 'corner' | 'subject' | { x: number; y: number };

const markUnits = { width: 92, height: 42 };

/** A picture with the mark as SVG. With `transparent`, only its subject is filled. */
export function drawPicture(sketch: Sketch, transparent: boolean): string {
  const canvas = canvasFor(sketch);
  if (!transparent)
    return svg(sketch.size, drawScene(sketch.prompt, canvas) + mark('corner', canvas));
  // The subject is as wide as high in any shape of picture, so its scene is composed for a square.
  const square = { ...canvas, width: 1000, height: 1000 };
  const place = `translate(${n(canvas.width / 2 - 500)} ${n(canvas.height / 2 - 500)})`;
  const inside = `<g transform="${place}">${drawScene(sketch.prompt, square)}</g>`;
  return svg(
    sketch.size,
    `<clipPath id="subject">${subject(sketch, canvas)}</clipPath><g clip-path="url(#subject)">${inside}</g>${mark('subject', canvas)}`,
  );
}

/** A picture without a mark: what lies behind a collage, or inside a mask. */
export function drawBackdrop(sketch: Sketch): string {
  return svg(sketch.size, drawScene(sketch.prompt, canvasFor(sketch)));
}

/** A veil, a sun and ridges to lay over a picture that is edited. */
export function drawOverlay(sketch: Sketch): string {
  const canvas = canvasFor(sketch);
  const { width, height, palette, random } = canvas;
  const veil = rectangle({ x: 0, y: 0, width, height, fill: 'url(#layer2)', opacity: 0.12 });
  const x = width * random.pick([0.24, 0.5, 0.76]);
  const sun = drawSun(x, height * random.between(0.2, 0.3), random.between(95, 140), palette);
  const ridges = drawLand(canvas, { from: 0.76, count: 3, swing: 34 });
  return svg(sketch.size, `${definitions(palette)}${veil}${sun}<g opacity="0.82">${ridges}</g>`);
}

/** The outline of the sketch's subject, filled with white. */
export function drawSubject(sketch: Sketch): string {
  return svg(sketch.size, subject(sketch, canvasFor(sketch)));
}

/** The mark alone. */
export function drawMark(size: Size, place: MarkPlace): string {
  return svg(size, mark(place, unitsFor(size)));
}

/** Width and height of the mark in pixels. */
export function markSize(size: Size): Size {
  const scale = size.width / unitsFor(size).width;
  return { width: markUnits.width * scale, height: markUnits.height * scale };
}

function unitsFor({ width, height }: Size): Size & { scale: number } {
  const scale = 1000 / Math.min(width, height);
  return { width: width * scale, height: height * scale, scale };
}

function canvasFor({ prompt, variant, size, detail }: Sketch): Canvas {
  const random = seededRandom(`form/${variant}/${prompt}`);
  return {
    ...unitsFor(size),
    palette: mixPalette(prompt, random.between(-14, 14)),
    random,
    detail,
  };
}

// What a prompt asks for in so many words; any other prompt gets one of them by chance.
const sceneWords = {
  sea: /\b(?:sea|ocean|beach|waves?|lake|sunset)\b|海|湖|浪|日落/iu,
  forest: /\b(?:forest|trees?|woods?|misty)\b|森林|树/iu,
  hills: /\b(?:mountains?|hills?|landscape|desert|city|street)\b|山|沙漠|风景|城|街/iu,
};

function drawScene(prompt: string, canvas: Canvas): string {
  const { width, height, palette, random, detail } = canvas;
  const scenes = Object.keys(sceneWords) as (keyof typeof sceneWords)[];
  const named = scenes.find((name) => sceneWords[name].test(prompt));
  const scene = named ?? random.pick(['hills', 'sea', 'forest']);
  const horizon = random.between(0.44, 0.56);
  const radius = random.between(80, 150);
  const x = width * random.between(0.22, 0.78);
  const y = height * horizon - radius * random.between(0.3, scene === 'sea' ? 0.9 : 2);
  const clouds = Array.from({ length: detail === 0 ? 0 : 3 }, () => drawCloud(canvas)).join('');
  const sky = rectangle({ x: 0, y: 0, width, height, fill: 'url(#sky)' }) + clouds;
  const ridges = { from: horizon, count: 4 + detail, swing: 55, wooded: scene === 'forest' };
  const land = scene === 'sea' ? drawSea(canvas, horizon, { x, radius }) : drawLand(canvas, ridges);
  return definitions(palette) + sky + drawSun(x, y, radius, palette) + land;
}

// Each layer of land fades downwards into the one behind it, as if mist lay between them.
function definitions({ sky, layers, glow }: Palette): string {
  const stop = (at: number, colour: string, opacity = 1) =>
    `<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity}"/>`;
  const down = (id: string, stops: string) =>
    `<linearGradient id="${id}" x2="0" y2="1">${stops}</linearGradient>`;
  const land = layers.map((colour, index) =>
    down(`layer${index}`, stop(0, colour) + stop(1, layers[index - 1] ?? colour)),
  );
  const halo = [0.85, 0.28, 0.06, 0].map((opacity, index) => stop(index / 3, glow, opacity));
  return `<defs>${down('sky', sky.map((colour, index) => stop(index / 2, colour)).join(''))}${land.join('')}<radialGradient id="glow">${halo.join('')}</radialGradient></defs>`;
}

function drawSun(x: number, y: number, radius: number, { accent }: Palette): string {
  const disc = (r: number, fill: string) =>
    `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}"/>`;
  return disc(radius * 3, 'url(#glow)') + disc(radius, accent);
}

function drawCloud({ width, height, palette, random }: Canvas): string {
  const [left, top] = [random.between(-0.05, 0.85) * width, random.between(0.06, 0.34) * height];
  const length = random.between(180, 420);
  const bars = [top, top + 17, top + 34].map((y) => {
    const x = left + random.between(0, length * 0.35);
    const bar = { x, y, width: length * random.between(0.4, 0.9), height: 17 };
    return rectangle({ ...bar, fill: palette.glow, radius: 8.5, opacity: 0.38 });
  });
  return bars.join('');
}

function drawSea(canvas: Canvas, from: number, sun: { x: number; radius: number }): string {
  const { width, height, palette, random, detail } = canvas;
  const [y, depth] = [height * from, height * (1 - from)];
  const rows = 6 + detail * 4;
  const glitter = Array.from({ length: rows }, (_, row) => {
    const share = (row + 0.6) / rows;
    const length = sun.radius * (1.9 - 1.1 * share) * random.between(0.45, 1);
    const x = sun.x - length / 2 + random.between(-22, 22);
    const place = { x, y: y + depth * share * 0.62, width: length, height: 7 + share * 7 };
    return rectangle({ ...place, fill: palette.accent, radius: 7, opacity: 0.75 - share * 0.4 });
  });
  const water = rectangle({ x: 0, y, width, height: depth, fill: 'url(#layer1)' });
  return water + glitter.join('') + drawLand(canvas, { from: 0.84, count: 2, swing: 14 });
}

/** Ridges behind one another, from a share of the height down; in a forest they bear trees. */
function drawLand(
  { width, height, palette, random }: Canvas,
  land: { from: number; count: number; swing: number; wooded?: boolean },
): string {
  return Array.from({ length: land.count }, (_, index) => {
    const near = index / (land.count - 1);
    const layer = Math.round(near * 5);
    const level = height * (land.from + (0.9 - land.from) * near ** 1.15);
    const swing = land.swing * (0.65 + 0.5 * near);
    const [short, long] = [random.between(90, 160), random.between(230, 420)];
    const phase = random.between(0, 6);
    const ridge = (x: number) =>
      level + swing * (0.3 * Math.sin(x / short + phase) + 0.7 * Math.sin(x / long - phase));
    const path = [`M0 ${n(height)}`];
    for (let x = 0; x < width + 10; x += 10) path.push(`L${x} ${n(ridge(x))}`);
    const ground = fill(`url(#layer${layer})`, `${path.join('')}V${n(height)}Z`);
    if (!land.wooded || layer < 2) return ground;
    const trees: string[] = [];
    for (let x = random.between(0, 20); x < width; x += random.between(14, 70)) {
      trees.push(tree(x, ridge(x) + 10 + layer * 3, (26 + layer * 21) * random.between(0.7, 1.25)));
    }
    return ground + fill(palette.layers[layer] ?? '', trees.join(''));
  }).join('');
}

// Three triangles above one another, the widest below.
function tree(x: number, foot: number, height: number): string {
  const tiers = [0, 0.3, 0.58].map((tier) => {
    const half = height * (0.32 - tier * 0.19);
    const top = `M${n(x)} ${n(foot - height * (0.42 + tier))}`;
    return `${top}l${n(half)} ${n(height * 0.42)}h${n(-2 * half)}z`;
  });
  return tiers.join('');
}

// A round form with as many waves along its edge as chance gives it: disc, pebble or blossom.
function subject({ prompt, variant }: Sketch, { width, height }: Size): string {
  const random = seededRandom(`subject/${variant}/${prompt}`);
  const [radius, waves, phase] = [
    random.between(365, 405),
    random.pick([0, 2, 3, 5, 8]),
    random.between(0, 6),
  ];
  const points = Array.from({ length: 360 }, (_, degree) => {
    const angle = (degree * Math.PI) / 180;
    const reach = radius * (0.92 + 0.08 * Math.cos(angle * waves + phase));
    return `${n(width / 2 + reach * Math.cos(angle))} ${n(height / 2 + reach * Math.sin(angle))}`;
  });
  return fill('#fff', `M${points.join('L')}Z`);
}

// The word "demo" as strokes of a round pen, 10 units high, so that no font has to be there.
const letters = [
  'M10 5a5 5 0 1 0-10 0a5 5 0 1 0 10 0M10-6V10',
  'M14.2 5H23.8A5 5 0 1 0 22.2 8.8',
  'M28 10V0M28 4.2a4.2 4.2 0 0 1 8.4 0V10M36.4 4.2a4.2 4.2 0 0 1 8.4 0V10',
  'M59 5a5 5 0 1 0-10 0a5 5 0 1 0 10 0',
].join('');

/** The mark that says that no model made this picture. */
function mark(place: MarkPlace, frame: Size & { scale?: number }): string {
  const { width, height } = markUnits;
  const scale = frame.scale ?? 1;
  const places = {
    corner: [frame.width - width - 26, frame.height - height - 26],
    subject: [(frame.width - width) / 2, frame.height / 2 + 230],
  };
  const [x = 0, y = 0] =
    typeof place === 'string' ? places[place] : [place.x * scale, place.y * scale];
  const pill = rectangle({ x, y, width, height, fill: '#000', radius: 21, opacity: 0.38 });
  return `${pill}<path d="${letters}" transform="translate(${n(x + 16.5)} ${n(y + 17.5)})" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>`;
}

function rectangle(
  box: Size & { x: number; y: number; fill: string; radius?: number; opacity?: number },
): string {
  const { x, y, width, height, fill, radius = 0, opacity = 1 } = box;
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${radius}" fill="${fill}" fill-opacity="${opacity}"/>`;
}

function fill(colour: string, path: string, opacity = 1): string {
  return `<path d="${path}" fill="${colour}" fill-opacity="${opacity}"/>`;
}

function svg(size: Size, content: string): string {
  const { width, height } = unitsFor(size);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${content}</svg>`;
}

// One decimal: SVG needs no more.
function n(value: number): number {
  return Math.round(value * 10) / 10;
}
