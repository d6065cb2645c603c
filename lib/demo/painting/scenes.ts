import { type Canvas, drawBirds, drawRidges, drawSky, drawSun, layerFill, ridge } from './scenery';
import { circle, land, rectangle, short } from './shapes';

/** Draws one picture's content as SVG elements over the whole frame. */
export type Scene = (canvas: Canvas) => string;

const hills: Scene = (canvas) => {
  const { frame, palette, random, detail } = canvas;
  const sun = drawSun({
    x: frame.width * random.between(0.2, 0.8),
    y: frame.height * random.between(0.22, 0.4),
    radius: random.between(75, 125),
    fill: palette.accent,
  });
  const ridges = drawRidges(canvas, { from: 0.46, count: 6, swing: random.between(38, 75) });
  return drawSky(canvas) + sun + (detail > 0 ? drawBirds(canvas) : '') + ridges;
};

const sea: Scene = (canvas) => {
  const { frame, palette, random, detail } = canvas;
  const horizon = frame.height * random.between(0.48, 0.6);
  const x = frame.width * random.between(0.28, 0.72);
  const radius = random.between(110, 165);
  const island = ridge({ frame, random, level: horizon + 8, swing: 26 });
  const water = rectangle(
    { x: 0, y: horizon, width: frame.width, height: frame.height },
    layerFill(1),
  );
  const glitter = Array.from({ length: 6 + detail * 4 }, (_, row) => {
    const depth = (row + 0.6) / (6 + detail * 4);
    const y = horizon + (frame.height - horizon) * depth * 0.62;
    const width = radius * (1.9 - 1.1 * depth) * random.between(0.45, 1);
    const left = x - width / 2 + random.between(-22, 22);
    return rectangle({ x: left, y, width, height: 7 + depth * 7 }, palette.accent, {
      radius: 7,
      opacity: 0.75 - depth * 0.4,
    });
  }).join('');
  const waves = [0.66, 0.78, 0.9].map((depth, index) => {
    const level = horizon + (frame.height - horizon) * depth;
    const points = ridge({ frame, random, level, swing: 11 + index * 5 });
    return land(points, frame, layerFill(2 + index), 0.92);
  });
  return (
    drawSky(canvas) +
    drawSun({ x, y: horizon - radius * random.between(0.15, 0.9), radius, fill: palette.accent }) +
    land(island, frame, layerFill(2)) +
    water +
    glitter +
    waves.join('')
  );
};

const forest: Scene = (canvas) => {
  const { frame, palette, random } = canvas;
  const moon = drawSun({
    x: frame.width * random.between(0.25, 0.75),
    y: frame.height * random.between(0.2, 0.32),
    radius: random.between(60, 95),
    fill: palette.accent,
  });
  const ridges = drawRidges(canvas, { from: 0.42, count: 6, swing: 45 }, (points, layer) => {
    if (layer < 2) return '';
    const trees = points.flatMap(([x, y]) =>
      [0, 0.5]
        .filter(() => random.chance(0.72))
        .map((offset) => {
          const height = (26 + layer * 21) * random.between(0.7, 1.25);
          return drawTree(
            x + (offset + random.between(-0.2, 0.2)) * 56,
            y + 14 + layer * 2,
            height,
          );
        }),
    );
    return `<path d="${trees.join('')}" fill="${palette.layers[layer] ?? palette.ink}"/>`;
  });
  return drawSky(canvas) + moon + ridges;
};

function drawTree(x: number, foot: number, height: number): string {
  return [0, 0.3, 0.58]
    .map((tier) => {
      const [top, half] = [foot - height * (1 - tier), height * (0.13 + tier * 0.19)];
      const bottom = foot - height * (0.58 - tier);
      return `M${short(x)} ${short(top)}L${short(x + half)} ${short(bottom)}H${short(x - half)}Z`;
    })
    .join('');
}

const city: Scene = (canvas) => {
  const { frame, palette, random, detail } = canvas;
  const sun = drawSun({
    x: frame.width * random.between(0.3, 0.7),
    y: frame.height * random.between(0.3, 0.42),
    radius: random.between(120, 180),
    fill: palette.accent,
  });
  const rows = [1, 3, 5].map((layer, row) => {
    const base = frame.height * (0.5 + row * 0.13);
    const houses: string[] = [];
    for (let x = random.between(-60, -10); x < frame.width; ) {
      const width = random.between(48, 105);
      const y = base + random.between(-150, 60);
      houses.push(
        rectangle({ x, y, width: width + 1, height: frame.height - y }, layerFill(layer), {
          radius: 3,
        }),
      );
      if (detail > 0 && row > 0)
        houses.push(drawWindows({ x, y, width, canvas, bright: row === 2 }));
      x += width + (random.chance(0.25) ? random.between(4, 22) : 0);
    }
    return houses.join('');
  });
  return drawSky(canvas) + sun + rows.join('');
};

function drawWindows({
  x,
  y,
  width,
  canvas: { frame, palette, random },
  bright,
}: {
  x: number;
  y: number;
  width: number;
  canvas: Canvas;
  bright: boolean;
}): string {
  const columns = Math.floor((width - 14) / 18);
  const inset = (width - columns * 18 + 9) / 2;
  const panes: string[] = [];
  for (let top = y + 18; top < frame.height; top += 26) {
    for (let column = 0; column < columns; column++) {
      if (random.chance(0.42))
        panes.push(`M${short(x + inset + column * 18)} ${short(top)}h9v13h-9z`);
    }
  }
  return `<path d="${panes.join('')}" fill="${palette.glow}" fill-opacity="${bright ? 0.62 : 0.4}"/>`;
}

const still: Scene = (canvas) => {
  const { frame, palette, random } = canvas;
  const ground = frame.height * random.between(0.68, 0.76);
  const middle = frame.width / 2;
  const side = random.pick([-1, 1]);
  const arch = random.between(230, 290);
  const archX = middle - side * random.between(90, 150);
  const arches = [1, 0.78, 0.56, 0.34].map((share, index) => {
    const radius = arch * share;
    const top = ground - arch * 1.25;
    return `<path d="M${short(archX - radius)} ${short(ground)}V${short(top + arch * 0.6)}a${short(radius)} ${short(radius)} 0 0 1 ${short(radius * 2)} 0V${short(ground)}Z" fill="${palette.layers[index + 1] ?? palette.ink}"/>`;
  });
  const ball = random.between(85, 125);
  const ballX = middle + side * random.between(150, 215);
  const stone = random.between(85, 130);
  return [
    rectangle({ x: 0, y: 0, ...frame }, 'url(#sky)'),
    drawSun({
      x: middle + side * 170,
      y: ground - random.between(400, 470),
      radius: random.between(85, 120),
      fill: palette.accent,
    }),
    ...arches,
    rectangle({ x: 0, y: ground, width: frame.width, height: frame.height - ground }, layerFill(3)),
    land(ridge({ frame, random, level: ground + 130, swing: 20 }), frame, layerFill(4), 0.8),
    shadow(ballX, ground + 30, ball * 1.15, palette.ink),
    shadow(archX, ground + 4, arch * 1.12, palette.ink),
    circle(ballX, ground - ball + 34, ball, layerFill(2)),
    circle(ballX - ball * 0.3, ground - ball * 1.25 + 34, ball * 0.55, 'url(#glow)', 0.7),
    `<ellipse cx="${short(ballX - side * (ball + stone * 0.7))}" cy="${short(ground + 34)}" rx="${short(stone)}" ry="${short(stone * 0.5)}" fill="${palette.accent}"/>`,
  ].join('');
};

function shadow(x: number, y: number, radius: number, fill: string): string {
  return `<ellipse cx="${short(x)}" cy="${short(y)}" rx="${short(radius)}" ry="${short(radius * 0.09)}" fill="${fill}" fill-opacity="0.22"/>`;
}

// What a prompt asks for in so many words; anything else is left to chance.
const sceneWords: readonly (readonly [RegExp, Scene])[] = [
  [/\b(?:sea|ocean|beach|wave|waves|lake|sunset)\b|海|湖|浪|日落/iu, sea],
  [/\b(?:forest|tree|trees|wood|woods|misty)\b|森林|树/iu, forest],
  [/\b(?:city|street|skyline|tokyo|building|buildings)\b|城|街|楼/iu, city],
  [/\b(?:mountain|mountains|hill|hills|landscape|desert)\b|山|沙漠|风景/iu, hills],
];

/** Chooses the scene for a prompt. */
export function chooseScene(prompt: string, canvas: Canvas): Scene {
  const asked = sceneWords.find(([words]) => words.test(prompt))?.[1];
  return asked ?? canvas.random.pick([hills, sea, forest, city, still, still, hills]);
}
