import { type ValidationProblem, validationProblem } from '../validation';

/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Limits on freely chosen sizes; sides in pixels, ratio as longer ÷ shorter. */
export interface SizeLimits {
  step: number;
  maxSide: number;
  maxRatio: number;
  minPixels: number;
  maxPixels: number;
}

/** Which sizes a model takes, and how a request names them. */
export interface SizeRule {
  /** `size`: as `<w>x<h>`. `ratio`: as `imageConfig.aspectRatio` and `.imageSize`. */
  namedBy: 'size' | 'ratio';
  /** What is used when the request says nothing: `auto` or a size of the table. */
  default: string;
  /** Whether `auto` may be asked for. */
  auto: boolean;
  /** Ratio → resolution level (1K, 2K, 4K) → size: what pickers offer, to scale. */
  table: Record<string, Record<string, string>>;
  /** What is legal: only what the table lists, anything well-formed, or what keeps the limits. */
  legal: 'listed' | 'any' | SizeLimits;
  /** Said to be refused by the vendor below this many pixels; a hint, never enforced. */
  hintMinPixels?: number;
  /** Output tokens of one picture by level, where the vendor states them. */
  tokens?: Record<string, number>;
}

/** Reads `<w>x<h>`: whole pixels, no sign, no leading zero, at most 99,999 a side. */
export function parseSize(text: string): Size | undefined {
  const match = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(text);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

/** Writes a size as the wire has it: `1536x1024`. */
export function formatSize({ width, height }: Size): string {
  return `${width}x${height}`;
}

/** Longer side over shorter side, at least 1. */
export function sideRatio({ width, height }: Size): number {
  return Math.max(width, height) / Math.min(width, height);
}

/** The sides as a small ratio of whole numbers (`3:2`), or with one decimal (`2.4:1`). */
export function ratioName({ width, height }: Size): string {
  const divisor = greatestCommonDivisor(width, height);
  const [across, down] = [width / divisor, height / divisor];
  if (across <= 32 && down <= 32) return `${across}:${down}`;
  return width >= height ? `${(width / height).toFixed(1)}:1` : `1:${(height / width).toFixed(1)}`;
}

/** All sizes of a rule's table, each once, in the table's order. */
export function listedSizes(rule: SizeRule): string[] {
  return [...new Set(Object.values(rule.table).flatMap((levels) => Object.values(levels)))];
}

/**
 * Everything that is wrong with a `size` value under a rule; empty if it is legal.
 * @param value `auto` or `<w>x<h>`
 * @param model its id, for the words
 */
export function checkSize({
  rule,
  value,
  model,
}: {
  rule: SizeRule;
  value: string;
  model: string;
}): ValidationProblem[] {
  if (value === 'auto' && rule.auto) return [];
  const listed = listedSizes(rule);
  const param = 'size';

  if (rule.legal === 'listed') {
    if (listed.includes(value)) return [];
    const allowed = [...(rule.auto ? ['auto'] : []), ...listed].join(', ');
    const reason = 'size_not_listed';
    return [validationProblem({ param, reason, values: { value, model, allowed } })];
  }
  const size = parseSize(value);
  if (!size) {
    const values = { value, example: listed[0] ?? '1024x1024' };
    return [validationProblem({ param, reason: 'size_malformed', values })];
  }
  if (rule.legal === 'any') return [];

  const { step, maxSide, maxRatio, minPixels, maxPixels } = rule.legal;
  const broken = brokenLimits(size, rule.legal);
  if (broken.length === 0) return [];
  const asked = { value, nearest: nearestLegalSizes(rule, size).map(formatSize).join(', ') };
  const side = { ...asked, max: maxSide, actual: Math.max(size.width, size.height) };
  const ratio = { ...asked, max: maxRatio, actual: Number(sideRatio(size).toFixed(2)) };
  const area = { ...asked, actual: size.width * size.height };
  const problems = {
    step: () => validationProblem({ param, reason: 'size_step', values: { ...asked, step } }),
    side: () => validationProblem({ param, reason: 'size_side', values: side }),
    ratio: () => validationProblem({ param, reason: 'size_ratio', values: ratio }),
    too_small: () =>
      validationProblem({ param, reason: 'size_too_small', values: { ...area, min: minPixels } }),
    too_large: () =>
      validationProblem({ param, reason: 'size_too_large', values: { ...area, max: maxPixels } }),
  };
  return broken.map((name) => problems[name]());
}

/**
 * The legal sizes nearest to a wish, best first: nearest in both sides, then nearest that keeps the
 * shape. Distances are logarithmic, so that half and double are equally far. At most two.
 */
export function nearestLegalSizes(rule: SizeRule, size: Size): Size[] {
  if (rule.legal === 'any') return [size];
  const candidates =
    rule.legal === 'listed'
      ? listedSizes(rule).flatMap((text) => parseSize(text) ?? [])
      : sizesWithin(rule.legal);
  const found = [0, 1e4]
    .map((shapeWeight) => nearestOf(candidates, { size, shapeWeight }))
    .filter((candidate) => candidate !== undefined);
  return found.filter(
    (candidate, index) =>
      found.findIndex((other) => formatSize(other) === formatSize(candidate)) === index,
  );
}

/**
 * The size that a model offers nearest to a wish among those that its vendor is not said to refuse.
 * Undefined where the wish itself is fine, or nothing better is offered.
 */
export function unrefusedSize(rule: SizeRule, size: Size): string | undefined {
  const { hintMinPixels: min = 0 } = rule;
  if (size.width * size.height >= min) return undefined;
  const offered = listedSizes(rule).flatMap((text) => parseSize(text) ?? []);
  const fine = offered.filter(({ width, height }) => width * height >= min);
  const nearest = nearestOf(fine, { size, shapeWeight: 10 });
  return nearest && formatSize(nearest);
}

/** The nearest of some sizes: in both sides, and as much as is weighed in their shape. */
function nearestOf(
  candidates: readonly Size[],
  { size, shapeWeight }: { size: Size; shapeWeight: number },
): Size | undefined {
  const distance = (candidate: Size) => {
    const wider = Math.log(candidate.width / size.width);
    const taller = Math.log(candidate.height / size.height);
    return wider ** 2 + taller ** 2 + shapeWeight * (wider - taller) ** 2;
  };
  return candidates.reduce<{ size: Size; far: number } | undefined>((nearest, candidate) => {
    const far = distance(candidate);
    return nearest && nearest.far <= far ? nearest : { size: candidate, far };
  }, undefined)?.size;
}

function brokenLimits(size: Size, limits: SizeLimits) {
  const pixels = size.width * size.height;
  const broken: ('step' | 'side' | 'ratio' | 'too_small' | 'too_large')[] = [];
  if (size.width % limits.step !== 0 || size.height % limits.step !== 0) broken.push('step');
  if (Math.max(size.width, size.height) > limits.maxSide) broken.push('side');
  // Compared by multiplication: 3:1 exactly must not fail by a rounding error.
  const [shorter, longer] = [Math.min(size.width, size.height), Math.max(size.width, size.height)];
  if (longer > limits.maxRatio * shorter) broken.push('ratio');
  if (pixels < limits.minPixels) broken.push('too_small');
  if (pixels > limits.maxPixels) broken.push('too_large');
  return broken;
}

function sizesWithin(limits: SizeLimits): Size[] {
  const sizes: Size[] = [];
  for (let width = limits.step; width <= limits.maxSide; width += limits.step) {
    for (let height = limits.step; height <= limits.maxSide; height += limits.step) {
      const size = { width, height };
      if (brokenLimits(size, limits).length === 0) sizes.push(size);
    }
  }
  return sizes;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
