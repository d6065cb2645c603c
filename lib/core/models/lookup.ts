import { parseSize, type Size } from '../sizes/sizes';
import type { EndpointName, Model, ModelOption } from './model';

/** The model with this id, exactly as it stands on the wire. */
export function findModel(models: readonly Model[], id: string): Model | undefined {
  return models.find((model) => model.id === id);
}

/** The models that an endpoint takes, in catalogue order. */
export function modelsFor(models: readonly Model[], endpoint: EndpointName): Model[] {
  return models.filter((model) => model.endpoints.includes(endpoint));
}

/** The options that a model takes at an endpoint, in catalogue order. */
export function optionsFor(model: Model, endpoint: EndpointName): ModelOption[] {
  return model.options.filter(
    (option) => option.endpoints === undefined || option.endpoints.includes(endpoint),
  );
}

/** The option of that wire name, if the model has it. */
export function findOption(model: Model, name: string): ModelOption | undefined {
  return model.options.find((option) => option.name === name);
}

/**
 * The picture that a ratio and level stand for: its size in pixels, and its output tokens where the
 * vendor states them.
 */
export function pictureFor({
  model,
  ratio,
  level,
}: {
  model: Model;
  ratio: string;
  level: string;
}): { size: Size; tokens: number | undefined } | undefined {
  const size = parseSize(model.sizes.table[ratio]?.[level] ?? '');
  return size && { size, tokens: model.sizes.tokens?.[level] };
}

/** The place in a model's table of the size that a request gets which names none. */
export function defaultPlace({ sizes }: Model): { ratio: string; level: string } {
  const places = Object.entries(sizes.table).flatMap(([ratio, levels]) =>
    Object.entries(levels).map(([level, size]) => ({ ratio, level, size })),
  );
  const place = places.find(({ size }) => size === sizes.default) ?? places[0];
  return { ratio: place?.ratio ?? '', level: place?.level ?? '' };
}

/** The resolution levels that occur in a model's table, in their order. */
export function levelsOf(model: Model): string[] {
  return [...new Set(Object.values(model.sizes.table).flatMap((levels) => Object.keys(levels)))];
}

/** One thing that a model can do, for people who choose between models. */
export type Capability =
  /** Any size, up to a level. */
  | { kind: 'anySize'; level: string }
  /** The sizes of a list, up to a level; or so many of them where there is one level only. */
  | { kind: 'levels'; level: string }
  | { kind: 'sizes'; count: number }
  | { kind: 'pictures'; count: number }
  /** It decides itself how many pictures belong to a batch. */
  | { kind: 'batch'; count: number }
  | { kind: 'transparent' }
  | { kind: 'references'; count: number }
  | { kind: 'mask' }
  | { kind: 'conversation' };

/** What a model can do according to the catalogue, the most important first. */
export function capabilitiesOf(model: Model): Capability[] {
  return [
    sizesOf(model),
    countOf(model),
    transparentOf(model),
    model.references && { kind: 'references' as const, count: model.references.max },
    model.mask && { kind: 'mask' as const },
    model.endpoints.includes('chat') && { kind: 'conversation' as const },
  ].filter((found) => found !== undefined && found !== null && found !== false);
}

function sizesOf(model: Model): Capability | undefined {
  const levels = levelsOf(model);
  const level = levels.at(-1);
  if (level === undefined) return undefined;
  if (model.sizes.legal !== 'listed') return { kind: 'anySize', level };
  if (levels.length > 1) return { kind: 'levels', level };
  return { kind: 'sizes', count: Object.keys(model.sizes.table).length };
}

function countOf({ count, wire }: Model): Capability | undefined {
  if (wire.countIsUpperBound) return { kind: 'batch', count: count?.max ?? 1 };
  return count && count.max > 1 ? { kind: 'pictures', count: count.max } : undefined;
}

function transparentOf(model: Model): Capability | undefined {
  const background = findOption(model, 'background');
  const values = background?.kind === 'choice' ? background.values : [];
  return values.includes('transparent') ? { kind: 'transparent' } : undefined;
}
