import 'server-only';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { modelContradictions } from '../core/models/contradictions';
import { endpointNames, type Model } from '../core/models/model';
import { parseSize } from '../core/sizes/sizes';
import { SettingsError } from './settings-error';

const words = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) });
const count = z.int().min(1);
const amount = z.number().min(0);
const size = z.string().refine((text) => parseSize(text) !== undefined, {
  error: 'a size must be WIDTHxHEIGHT',
});

const optionBase = {
  name: z.string().regex(/^[A-Za-z_][\w.]*$/),
  endpoints: z.array(z.enum(endpointNames)).optional(),
  requires: z
    .array(
      z.strictObject({
        when: z.union([
          z.strictObject({ is: z.string() }),
          z.strictObject({ isNot: z.number().nullable() }),
        ]),
        option: z.string(),
        oneOf: z.array(z.string()),
      }),
    )
    .optional(),
};

const option = z.discriminatedUnion('kind', [
  z.strictObject({
    ...optionBase,
    kind: z.literal('choice'),
    values: z.array(z.string()).min(1),
    unlisted: z.array(z.string()).optional(),
    default: z.string().nullable(),
  }),
  z.strictObject({
    ...optionBase,
    kind: z.literal('integer'),
    min: z.int(),
    max: z.int(),
    default: z.int().nullable(),
  }),
  z.strictObject({
    ...optionBase,
    kind: z.literal('text'),
    maxCharacters: count,
    default: z.null(),
  }),
  z.strictObject({
    ...optionBase,
    kind: z.literal('choices'),
    values: z.array(z.string()).min(1),
    unlisted: z.array(z.string()).optional(),
    default: z.array(z.string()),
  }),
]);

const modelSchema = z.strictObject({
  id: z.string().min(1),
  label: words,
  summary: words,
  ownedBy: z.string(),
  created: z.int(),
  endpoints: z.array(z.enum(endpointNames)).min(1),
  prompt: z.strictObject({ maxCharacters: count.nullable() }),
  count: z.strictObject({ min: count, max: count, default: count }).nullable(),
  sizes: z.strictObject({
    namedBy: z.enum(['size', 'ratio']),
    default: z.union([z.literal('auto'), size]),
    auto: z.boolean(),
    table: z.record(z.string(), z.record(z.string(), size)),
    legal: z.union([
      z.enum(['listed', 'any']),
      z.strictObject({
        step: count,
        maxSide: count,
        maxRatio: z.number().min(1),
        minPixels: count,
        maxPixels: count,
      }),
    ]),
    hintMinPixels: count.optional(),
    tokens: z.record(z.string(), count).optional(),
  }),
  options: z.array(option),
  references: z
    .strictObject({ max: count, maxBytes: count, formats: z.array(z.enum(['png', 'jpeg'])).min(1) })
    .nullable(),
  mask: z.boolean(),
  wire: z.strictObject({
    pictures: z.enum(['data', 'content', 'images']),
    thoughtSignature: z.boolean(),
    countIsUpperBound: z.boolean(),
  }),
  rate: z.strictObject({ requests: count, seconds: count }).nullable(),
  parallel: count.optional(),
  price: z
    .strictObject({
      currency: z.string().regex(/^[A-Z]{3}$/, { error: 'a currency has three capital letters' }),
      picture: amount,
      byLevel: z.record(z.string(), amount).optional(),
      factors: z.record(z.string(), z.record(z.string(), amount)).optional(),
    })
    .optional(),
  extraFields: z.array(z.string()),
}) satisfies z.ZodType<Model>;

const entrySchema = z.looseObject({ id: z.string().min(1), extends: z.string().optional() });

/**
 * Merges the models of a MODELS_FILE into the built-in ones. The file is a JSON list of catalogue
 * entries; one with a known id replaces it, the others are added. An entry may name another in
 * `extends` and then holds only what differs.
 * @param path of the file; undefined: none
 * @throws SettingsError that names the entry and field
 */
export function mergeModelsFile(builtIn: readonly Model[], path: string | undefined): Model[] {
  if (path === undefined) return [...builtIn];
  const models = [...builtIn];
  const entries = new Map<string, number>();
  for (const [index, entry] of readEntries(path).entries()) {
    const model = readModel(entry, models, `entry ${index + 1}`);
    const earlier = entries.get(model.id);
    if (earlier) throw wrong(`entry ${index + 1} (${model.id}): id is that of entry ${earlier}.`);
    entries.set(model.id, index + 1);
    const known = models.findIndex((other) => other.id === model.id);
    models.splice(known === -1 ? models.length : known, 1, model);
  }
  return models;
}

function readEntries(path: string): unknown[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(/* turbopackIgnore: true */ path);
  } catch (error) {
    throw wrong(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`);
  }
  try {
    const parsed: unknown = JSON.parse(decodeText(bytes));
    if (Array.isArray(parsed)) return parsed;
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw wrong(`is not valid JSON: ${(error as Error).message}.`);
  }
  throw wrong('must contain a JSON list of models.');
}

/** Editors on Windows write a byte order mark, and UTF-16 too, perhaps without one: JSON begins with ASCII. */
function decodeText(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  const isHighLast = mark === 'fffe' || mark.endsWith('00');
  const isHighFirst = mark === 'feff' || mark.startsWith('00');
  const encoding = isHighLast ? 'utf-16le' : isHighFirst ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw wrong('is not text in UTF-8. Save it in UTF-8.');
  }
}

function readModel(entry: unknown, models: readonly Model[], at: string): Model {
  const outline = entrySchema.safeParse(entry);
  if (!outline.success) throw wrong(`${at}: ${firstIssue(outline.error)}.`);
  const { extends: baseId, ...own } = outline.data;
  const base = models.find((model) => model.id === baseId);
  if (baseId !== undefined && !base)
    throw wrong(`${at}: extends "${baseId}", which is not a model.`);
  const parsed = modelSchema.safeParse({ ...base, ...own });
  if (!parsed.success) throw wrong(`${at} (${own.id}): ${firstIssue(parsed.error)}.`);
  const [contradiction] = modelContradictions(parsed.data);
  if (contradiction) throw wrong(`${at} (${own.id}): ${contradiction}.`);
  return parsed.data;
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.join('.') ?? '';
  return `${path === '' ? '' : `${path}: `}${issue?.message ?? 'not a model'}`;
}

function wrong(words: string): SettingsError {
  return new SettingsError('MODELS_FILE', words);
}
