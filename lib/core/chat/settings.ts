import type { TurnFields } from '../endpoints/chat/chat-request';
import { type OptionValue, setOption, shownOptions, shownValue } from '../endpoints/image-form';
import { defaultPlace, findModel, modelsFor, optionsFor, pictureFor } from '../models/lookup';
import type { Model } from '../models/model';
import type { PictureExpectation } from '../pictures/stored-picture';
import { formatSize } from '../sizes/sizes';
import type { ChatSettings } from './conversation';
import type { TurnRequest } from './message';

/**
 * The model whose settings are shown: the chosen one, or the first one of the chat endpoint. Nothing is
 * sent while the chosen one is gone (`checkMessage`).
 */
export function chatModel(settings: ChatSettings, models: readonly Model[]): Model | undefined {
  const possible = modelsFor(models, 'chat');
  return findModel(possible, settings.model ?? '') ?? possible[0];
}

/** The ratio that is shown and sent at a model: the chosen one if it has it, else its default. */
export function shownRatio(settings: ChatSettings, model: Model): string {
  const { ratio } = settings;
  if (ratio !== null && Object.hasOwn(model.sizes.table, ratio)) return ratio;
  return defaultPlace(model).ratio;
}

/** The level that is shown and sent at a model: the chosen one if the ratio has it there. */
export function shownLevel(settings: ChatSettings, model: Model): string {
  const levels = model.sizes.table[shownRatio(settings, model)] ?? {};
  if (settings.level !== null && Object.hasOwn(levels, settings.level)) return settings.level;
  const usual = defaultPlace(model).level;
  return Object.hasOwn(levels, usual) ? usual : (Object.keys(levels)[0] ?? '');
}

/** A chosen value that the model does not accept. */
export interface UntakenSetting {
  /** `ratio`, `level`, or an option by its wire name. */
  setting: string;
  chosen: string;
  /** What is sent in its place; null: nothing is. */
  shown: string | null;
}

/** The chosen values that this model does not accept. They apply again at a model that does. */
export function untakenSettings(settings: ChatSettings, model: Model): UntakenSetting[] {
  const found: UntakenSetting[] = [];
  const compare = (setting: string, chosen: string | null, shown: string) => {
    if (chosen !== null && chosen !== shown) found.push({ setting, chosen, shown: shown || null });
  };
  compare('ratio', settings.ratio, shownRatio(settings, model));
  compare('level', settings.level, shownLevel(settings, model));
  const names = optionsFor(model, 'chat').map(({ name }) => name);
  for (const [name, value] of Object.entries(settings.options)) {
    if (names.includes(name) || value === '' || value.length === 0) continue;
    found.push({ setting: name, chosen: [value].flat().join(', '), shown: null });
  }
  return found;
}

/** The fields of the next request beside its messages: what is on the screen, and nothing else. */
export function turnFields(settings: ChatSettings, model: Model): TurnFields {
  const fields: TurnFields = { model: model.id, stream: settings.stream };
  // Without this option a stream does not report its tokens.
  if (settings.stream) fields.stream_options = { include_usage: true };
  const ratio = shownRatio(settings, model);
  const level = shownLevel(settings, model);
  const hasLevels = Object.keys(model.sizes.table[ratio] ?? {}).length > 1;
  if (ratio !== '') fields.imageConfig = { aspectRatio: ratio };
  // A model of one level may not know the field.
  if (hasLevels) fields.imageConfig = { ...fields.imageConfig, imageSize: level };
  for (const option of shownOptions(settings, model, 'chat')) {
    const value = shownValue(settings, option);
    const isUntouched = JSON.stringify(value) === JSON.stringify(option.default ?? '');
    if (isUntouched) continue;
    setOption(fields, option, value);
  }
  return fields;
}

/** The settings that a turn was sent with, to have the same again: what it left open stays untouched. */
export function settingsOfTurn({ fields, systemPrompt }: TurnRequest): ChatSettings {
  const { model, stream, imageConfig } = fields;
  return {
    model,
    ratio: imageConfig?.aspectRatio ?? null,
    level: imageConfig?.imageSize ?? null,
    options: optionValues(fields),
    systemPrompt,
    stream: stream !== false,
  };
}

const noOptions = [
  ...['model', 'stream', 'stream_options', 'user'],
  ...['imageConfig.aspectRatio', 'imageConfig.imageSize'],
];

/** What the controls of options hold, by their dotted wire names. */
function optionValues(fields: object, prefix = ''): Record<string, OptionValue> {
  const found = Object.entries(fields).flatMap(([key, value]): [string, OptionValue][] => {
    const name = prefix + key;
    if (noOptions.includes(name) || value === undefined || value === null) return [];
    if (Array.isArray(value)) return [[name, value.map(String)]];
    if (typeof value === 'object') return Object.entries(optionValues(value, `${name}.`));
    return [[name, String(value)]];
  });
  return Object.fromEntries(found);
}

/** Reads settings that were kept somewhere; what cannot be understood falls back to its default. */
export function readChatSettings(kept: unknown): ChatSettings {
  const from = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof from[name] === 'string' ? from[name] : null);
  const options = typeof from.options === 'object' && from.options !== null ? from.options : {};
  const isValue = (value: unknown): value is OptionValue =>
    typeof value === 'string' ||
    (Array.isArray(value) && value.every((item) => typeof item === 'string'));
  return {
    model: text('model'),
    ratio: text('ratio'),
    level: text('level'),
    options: Object.fromEntries(
      Object.entries(options).filter((entry): entry is [string, OptionValue] => isValue(entry[1])),
    ),
    systemPrompt: text('systemPrompt') ?? '',
    stream: from.stream !== false,
  };
}

/**
 * What a turn asked its pictures to be. The tokens are the catalogue's for such a picture; undefined
 * where it names none.
 */
export function expectedPicture(
  { model: id, imageConfig }: TurnFields,
  models: readonly Model[],
): PictureExpectation {
  const mimeType = imageConfig?.imageOutputOptions?.mimeType;
  const open = {
    size: undefined,
    format: mimeType?.replace('image/', ''),
    hasAlpha: undefined,
  };
  const model = findModel(models, id);
  const ratio = imageConfig?.aspectRatio;
  if (!model || ratio === undefined) return open;
  const level = imageConfig?.imageSize ?? Object.keys(model.sizes.table[ratio] ?? {})[0] ?? '';
  const picture = pictureFor({ model, ratio, level });
  if (!picture) return open;
  return { ...open, size: formatSize(picture.size), tokens: picture.tokens };
}
