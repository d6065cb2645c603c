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

/** The resolution levels that occur in a model's table, in their order. */
export function levelsOf(model: Model): string[] {
  return [...new Set(Object.values(model.sizes.table).flatMap((levels) => Object.keys(levels)))];
}
