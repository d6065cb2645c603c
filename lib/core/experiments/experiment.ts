import type { OptionValue } from '../endpoints/image-form';
import type { ImageEndpoint } from '../endpoints/image-request';
import { readReferences } from '../references/reference';
import type { EditSources } from '../runs/run-entry';
import type { Shape } from '../sizes/size-shapes';
import { parseSize } from '../sizes/sizes';

/**
 * `draft`: nothing was sent yet. `running`: cells are claimed. `paused`: no new cell is claimed, until
 * somebody goes on. `done`: no cell is left to claim.
 */
export const experimentStates = ['draft', 'running', 'paused', 'done'] as const;
export type ExperimentState = (typeof experimentStates)[number];

/**
 * Why an experiment pauses: somebody said so, or stopped it with all that was under way; a picture could not
 * be kept, the session ended, a day's budget is used up, or only a part was to be run.
 */
export const pauseReasons = [
  'asked',
  'stopped',
  'not_kept',
  'signed_out',
  'budget_spent',
  'part_done',
] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** Variations of one prompt on several models. Its cells are kept one by one. Plain data. */
export interface Experiment {
  id: string;
  name: string;
  /** By this browser's clock, in ms since 1970. */
  createdAt: number;
  updatedAt: number;
  state: ExperimentState;
  /** While it is paused. */
  pausedBecause: PauseReason | null;
  /** The keys of the cells that are to be started; null: all of the plan. */
  only: string[] | null;
  definition: Definition;
  /** The page whose form was sent to several models at once; null: it was made on its own page. */
  madeOn: ImageEndpoint | null;
  /** The id of the experiment of whose file it was opened: judgements of either are of both. */
  openedFrom?: string;
}

/** A model with its options: one row of the plan. A model with other options is a row of its own. */
export interface ModelRow {
  /** Unique in its experiment. */
  id: string;
  /** The model's id on the wire. */
  model: string;
  /** By wire name, as forms hold them; absent: the model's default. */
  options: Record<string, OptionValue>;
  /** The size that stands for `auto` here, once the first run has written it down; null: the model's default. */
  size: string | null;
}

/** A wish that each model comes as near to as it can: its own default, a ratio at a level, or an exact size. */
export type ShapeWish =
  | { kind: 'auto' }
  | ({ kind: 'shape' } & Shape)
  | { kind: 'size'; size: string };

/** A column of a pasted table. The columns of a table are linked. */
export interface TableColumn {
  name: string;
  values: string[];
}

/** How many combinations of everything but models are run, and by which order they are chosen. */
export interface Sample {
  count: number;
  /** A whole number from 0 to 2³² − 1. */
  seed: number;
}

/** What an experiment varies. Plain data. */
export interface Definition {
  template: string;
  /** Whether the whole template is one prompt, whatever its signs. */
  isText: boolean;
  /** Columns that `{name}` can stand for. */
  table: TableColumn[];
  /** Groups of variables that change together, value by value. */
  links: string[][];
  models: ModelRow[];
  shapes: ShapeWish[];
  /** How many pictures each combination gets, at least 1. */
  repeats: number;
  /** The pictures that go along with each request; null: none. */
  edit: EditSources | null;
  /** Whether models without masks get the pictures without the mask. */
  leavesMaskOut: boolean;
  /** Null: all combinations. */
  sample: Sample | null;
  /** Combinations that are not run, by their keys (`combinationKeys`). */
  leftOut: string[];
}

/** The most repeats of one combination. */
export const maxRepeats = 20;

export const emptyDefinition: Definition = {
  template: '',
  isText: false,
  table: [],
  links: [],
  models: [],
  shapes: [{ kind: 'auto' }],
  repeats: 1,
  edit: null,
  leavesMaskOut: false,
  sample: null,
  leftOut: [],
};

/** A new experiment of which nothing was sent. @param now in ms since 1970 */
export function createExperiment(
  id: string,
  now: number,
  {
    name = '',
    definition = emptyDefinition,
    madeOn = null,
    openedFrom,
  }: Partial<Pick<Experiment, 'name' | 'definition' | 'madeOn' | 'openedFrom'>> = {},
): Experiment {
  return {
    id,
    name,
    createdAt: now,
    updatedAt: now,
    state: 'draft',
    pausedBecause: null,
    only: null,
    definition,
    madeOn,
    ...(openedFrom !== undefined && { openedFrom }),
  };
}

/** What an experiment is called: its name, else how its prompt begins; may be empty. */
export function experimentTitle({ name, definition }: Experiment): string {
  return name || definition.template.slice(0, 60);
}

/** Whether another experiment is called the same, so that its title alone does not tell which is meant. */
export function hasNamesake(experiment: Experiment, all: readonly Experiment[]): boolean {
  const title = experimentTitle(experiment);
  return all.some((one) => one.id !== experiment.id && experimentTitle(one) === title);
}

/** What a copy of an experiment is called: the next number that none of the taken titles has. */
export function copyTitle(title: string, taken: readonly string[]): string {
  if (title === '') return '';
  // More digits are a part of the name, such as a year.
  const [, stem = title, number = '1'] = /^(.+) (\d{1,2})$/su.exec(title) ?? [];
  for (let next = Number(number) + 1; ; next++) {
    const name = `${stem} ${next}`;
    if (!taken.includes(name)) return name;
  }
}

/** Reads an experiment that was kept somewhere. @returns undefined if it has no id */
export function readExperiment(kept: unknown): Experiment | undefined {
  const from = fieldsOf(kept);
  if (typeof from.id !== 'string' || from.id === '') return undefined;
  const state = experimentStates.find((one) => one === from.state) ?? 'paused';
  const createdAt = isNumber(from.createdAt) ? from.createdAt : 0;
  return {
    id: from.id,
    name: isText(from.name) ? from.name : '',
    createdAt,
    updatedAt: isNumber(from.updatedAt) ? from.updatedAt : createdAt,
    state,
    pausedBecause:
      state === 'paused'
        ? (pauseReasons.find((one) => one === from.pausedBecause) ?? 'asked')
        : null,
    only: Array.isArray(from.only) ? from.only.filter(isText) : null,
    definition: readDefinition(from.definition),
    madeOn: from.madeOn === 'generations' || from.madeOn === 'edits' ? from.madeOn : null,
    ...(isText(from.openedFrom) && { openedFrom: from.openedFrom }),
  };
}

/** Reads a definition that was kept somewhere; what cannot be understood falls back to its default. */
export function readDefinition(kept: unknown): Definition {
  const from = fieldsOf(kept);
  const shapes = listOf(from.shapes).flatMap((one) => readShape(one) ?? []);
  const repeats = isNumber(from.repeats) ? Math.trunc(from.repeats) : 1;
  return {
    template: isText(from.template) ? from.template : '',
    isText: from.isText === true,
    table: listOf(from.table).flatMap((one) => readColumn(one) ?? []),
    links: listOf(from.links)
      .map((link) => [...new Set(listOf(link).filter(isText))])
      .filter((link) => link.length > 1),
    models: readRows(from.models),
    shapes: shapes.length > 0 ? shapes : emptyDefinition.shapes,
    repeats: Math.min(maxRepeats, Math.max(1, repeats)),
    edit: readSources(from.edit),
    leavesMaskOut: from.leavesMaskOut === true,
    sample: readSample(from.sample),
    leftOut: [...new Set(listOf(from.leftOut).filter(isText))],
  };
}

function readRows(kept: unknown): ModelRow[] {
  const seen = new Set<string>();
  return listOf(kept).flatMap((one): ModelRow[] => {
    const { id, model, options, size } = fieldsOf(one);
    if (!isText(id) || !isText(model) || seen.has(id)) return [];
    seen.add(id);
    const isRight = (entry: [string, unknown]): entry is [string, OptionValue] =>
      isText(entry[1]) || (Array.isArray(entry[1]) && entry[1].every(isText));
    const taken = Object.fromEntries(Object.entries(fieldsOf(options)).filter(isRight));
    return [{ id, model, options: taken, size: isText(size) ? size : null }];
  });
}

function readShape(kept: unknown): ShapeWish | undefined {
  const { kind, ratio, level, size } = fieldsOf(kept);
  if (kind === 'auto') return { kind };
  if (kind === 'size' && isText(size) && parseSize(size)) return { kind, size };
  if (kind === 'shape' && isText(ratio) && isText(level) && /^\d{1,4}:\d{1,4}$/.test(ratio)) {
    return { kind, ratio, level };
  }
  return undefined;
}

function readColumn(kept: unknown): TableColumn | undefined {
  const { name, values } = fieldsOf(kept);
  if (!isText(name) || name === '') return undefined;
  return { name, values: listOf(values).filter(isText) };
}

function readSample(kept: unknown): Sample | null {
  const { count, seed } = fieldsOf(kept);
  if (!isNumber(count) || count < 1 || !isNumber(seed)) return null;
  return { count: Math.trunc(count), seed: seed >>> 0 };
}

function readSources(kept: unknown): EditSources | null {
  const { references, mask, parent } = fieldsOf(kept);
  // A reference of the Edit page has further fields, which are not looked at here.
  const read = readReferences(
    listOf(references).map((one, index) => ({ ...fieldsOf(one), id: `${index}`, maskId: '' })),
  );
  if (read.length === 0) return null;
  const { hash, share } = fieldsOf(mask);
  const { runId, index } = fieldsOf(parent);
  return {
    references: read.map(({ hash: its, name, byteLength, header }) => {
      return { hash: its, name, byteLength, header };
    }),
    mask: isText(hash) && isNumber(share) ? { hash, share } : null,
    parent: isText(runId) && isNumber(index) ? { runId, index } : null,
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
