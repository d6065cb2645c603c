import type { Size } from '../../core/sizes/sizes';
import { drawMark, markCorner, markInSubject } from './mark';
import { mixPalette } from './palette';
import { seededRandom } from './random';
import { type Canvas, defineFills, drawRidges, drawSun, layerFill } from './scenery';
import { chooseScene } from './scenes';
import { frameFor, rectangle, short } from './shapes';
import { drawSubject } from './subject';

/** What decides how a picture looks: the same sketch always becomes the same picture. */
export interface Sketch {
  prompt: string;
  /** Which of a request's pictures this is, and of which kind of request. */
  variant: string;
  size: Size;
  /** 0 (quality low) to 2 (high). */
  detail: number;
}

/** A whole picture as SVG; with `transparent`, a subject with nothing round it. */
export function drawPicture(sketch: Sketch & { transparent: boolean }): string {
  const canvas = canvasFor(sketch);
  const { frame } = canvas;
  const scene = chooseScene(sketch.prompt, canvas);
  if (!sketch.transparent) {
    return svg(sketch.size, canvas, scene(canvas) + drawMark(markCorner(frame)));
  }
  // The subject is square whatever the frame, so what it shows is composed for a square.
  const square = { width: 1000, height: 1000 };
  const [left, top] = [(frame.width - square.width) / 2, (frame.height - square.height) / 2];
  const clip = `<clipPath id="subject">${drawSubject(canvas)}</clipPath>`;
  const inside = `<g transform="translate(${short(left)} ${short(top)})">${scene({ ...canvas, frame: square })}</g>`;
  const mark = drawMark(markInSubject(frame));
  return svg(sketch.size, canvas, `${clip}<g clip-path="url(#subject)">${inside}</g>${mark}`);
}

/** A picture without mark: what lies behind a collage, or inside a mask. */
export function drawBackdrop(sketch: Sketch): string {
  const canvas = canvasFor(sketch);
  return svg(sketch.size, canvas, chooseScene(sketch.prompt, canvas)(canvas));
}

/** Forms to lay over a picture that is being edited; empty elsewhere. */
export function drawOverlay(sketch: Sketch): string {
  const canvas = canvasFor(sketch);
  const { frame, palette, random } = canvas;
  const side = random.pick([0.24, 0.5, 0.76]);
  const sun = drawSun({
    x: frame.width * side,
    y: frame.height * random.between(0.2, 0.3),
    radius: random.between(95, 140),
    fill: palette.accent,
  });
  const ridges = drawRidges(canvas, { from: 0.76, count: 3, swing: 34 });
  const veil = rectangle({ x: 0, y: 0, ...frame }, layerFill(2), { opacity: 0.12 });
  return svg(sketch.size, canvas, `${veil}${sun}<g opacity="0.82">${ridges}</g>`);
}

/** The mark alone: in its corner, in the subject of a transparent picture, or at a pixel. */
export function drawMarkLayer(
  size: Size,
  at: 'corner' | 'subject' | { x: number; y: number } = 'corner',
): string {
  const frame = frameFor(size);
  const scale = frame.width / size.width;
  if (at === 'corner') return wrap(size, drawMark(markCorner(frame)));
  if (at === 'subject') return wrap(size, drawMark(markInSubject(frame)));
  return wrap(size, drawMark({ x: at.x * scale, y: at.y * scale }));
}

/** The outline of a transparent picture's subject as a white shape on nothing. */
export function drawSubjectLayer(sketch: Sketch): string {
  return wrap(sketch.size, drawSubject(canvasFor(sketch)));
}

/** The sketch's palette; all pictures of one prompt have the same leading colour. */
export function paletteFor({ prompt, variant }: Pick<Sketch, 'prompt' | 'variant'>) {
  const look = seededRandom(`look/${variant}/${prompt}`);
  return mixPalette({ prompt, random: seededRandom(`palette/${prompt}`), look });
}

function canvasFor(sketch: Sketch): Canvas {
  return {
    frame: frameFor(sketch.size),
    palette: paletteFor(sketch),
    random: seededRandom(`form/${sketch.variant}/${sketch.prompt}`),
    detail: sketch.detail,
  };
}

function svg(size: Size, { palette }: Canvas, content: string): string {
  return wrap(size, `<defs>${defineFills(palette)}</defs>${content}`);
}

function wrap(size: Size, content: string): string {
  const { width, height } = frameFor(size);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${content}</svg>`;
}
