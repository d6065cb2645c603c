import type { Model } from '../models/model';
import type { ValidationProblem } from '../validation';
import { type Axis, axesOf, combinationKeys, countCombinations } from './axes';
import type { CellRequest } from './cell';
import { keyStart, withPrompt } from './cell-key';
import { cellRequest, promptProblems, type RowRequest, rowRequest } from './cell-request';
import type { Definition } from './experiment';
import { type PromptTemplate, promptOf, promptTemplate } from './prompt-template';
import { sampleCombinations } from './sample';
import { nothingSent, rowSent, type SentBefore } from './sent-before';

/** One request of a cell. */
export interface PlanRequest {
  /** What is sent, as a text (`cellKeyText`): requests with the same text are one. */
  text: string;
  sends: CellRequest;
}

/** One combination of values. */
export interface PlanCell {
  /** The index of its value on each axis of the plan. */
  at: number[];
  /** Its name (`combinationKeys`). */
  key: string;
  prompt: string;
  isLeftOut: boolean;
  /** Why it can't be sent; empty: it can. */
  problems: ValidationProblem[];
  /** As many as its repeats need; if it can't be sent, those that were while it could. */
  requests: PlanRequest[];
}

/** What a model with its options makes of a shape. */
export type PlanOffer =
  | RowRequest
  | { problems: ValidationProblem[]; sent: CellRequest | undefined };

/** Why nothing can be run yet, besides what is wrong with the template. */
export type PlanProblem =
  | { reason: 'no_model' | 'empty_prompt' | 'nothing_possible' }
  | { reason: 'too_many_cells' | 'too_many_to_run'; count: number; max: number };

/** What an experiment would send. */
export interface Plan {
  template: PromptTemplate;
  axes: Axis[];
  /** How many cells there are without a sample. */
  count: number;
  problems: PlanProblem[];
  /** In the order in which they are run: all models of a combination one after the other. */
  cells: PlanCell[];
  /** By the index of the model row, then by that of the shape. */
  offers: PlanOffer[][];
  /** Each request once, in the order in which they are run; none of what is left out. */
  requests: PlanRequest[];
}

/** The most cells of a plan, and the most that are run. */
export const maxPlanned = 10_000;
export const maxRun = 2000;

/** Plans an experiment. It is counted before anything is expanded. */
export function planExperiment(
  definition: Definition,
  models: readonly Model[],
  before: SentBefore = nothingSent,
): Plan {
  const template = promptTemplate(definition);
  const axes = axesOf(template, definition);
  const count = countCombinations(axes);
  const plan: Plan = { template, axes, count, problems: [], cells: [], offers: [], requests: [] };
  if (definition.template.trim() === '') plan.problems.push({ reason: 'empty_prompt' });
  if (definition.models.length === 0) plan.problems.push({ reason: 'no_model' });
  const rows = definition.models.length;
  const sampled = definition.sample ? definition.sample.count * rows : count;
  if (Math.min(sampled, count) > maxPlanned) {
    plan.problems.push({
      reason: 'too_many_cells',
      count: Math.min(sampled, count),
      max: maxPlanned,
    });
  }
  if (plan.problems.length > 0 || template.problems.length > 0) return plan;
  plan.offers = offersOf(axes, definition, models, before);
  plan.cells = cellsOf(plan, definition, before);
  plan.requests = requestsOf(plan.cells);
  const toRun = plan.cells.filter(isToRun).length;
  if (toRun > maxRun) plan.problems.push({ reason: 'too_many_to_run', count: toRun, max: maxRun });
  if (toRun === 0) plan.problems.push({ reason: 'nothing_possible' });
  return plan;
}

/** Whether a cell is sent when its experiment runs. */
export function isToRun({ isLeftOut, problems }: PlanCell): boolean {
  return !isLeftOut && problems.length === 0;
}

/** The first combination that can be sent, on all models: what "try one first" runs. */
export function firstCombination({ cells, axes }: Plan): PlanCell[] {
  const first = cells.find(isToRun);
  const model = axes.length - 1;
  return cells.filter(
    (cell) =>
      isToRun(cell) && cell.at.every((at, axis) => axis === model || at === first?.at[axis]),
  );
}

function offersOf(
  axes: readonly Axis[],
  definition: Definition,
  models: readonly Model[],
  before: SentBefore,
): PlanOffer[][] {
  const shapes = axes.find((axis) => axis.kind === 'shape')?.values ?? [];
  const wishes = shapes.map(({ wish }) => wish);
  return definition.models.map((row) => {
    let sent: ReturnType<typeof rowSent> | undefined;
    return wishes.map((wish, index): PlanOffer => {
      const offer = rowRequest({ row, wish, attached: definition, models });
      if (!('problems' in offer)) return offer;
      sent ??= rowSent(row, wishes, before);
      return { ...offer, sent: sent[index] };
    });
  });
}

function cellsOf(
  { template, axes, offers }: Plan,
  { repeats, sample, leftOut }: Definition,
  before: SentBefore,
): PlanCell[] {
  const skipped = new Set(leftOut);
  const inPrompt = axes.filter((axis) => axis.kind === 'values');
  const starts = new Map<RowRequest, string>();
  // What would send the same has the same requests.
  const made = new Map<string, Map<string, PlanRequest[]>>();
  const keyAt = combinationKeys(axes);
  const cells: PlanCell[] = [];
  for (const at of combinationsOf(axes.slice(0, -1), sample)) {
    const chosen: Record<string, number> = {};
    for (const [axis, { values }] of inPrompt.entries()) {
      Object.assign(chosen, values[at[axis] ?? 0]?.chosen);
    }
    const prompt = promptOf(template, chosen);
    const quoted = JSON.stringify(prompt);
    for (const [row, shapes] of offers.entries()) {
      const place = [...at, row];
      const key = keyAt(place);
      const offer = shapes[at.at(-1) ?? 0] ?? noOffer;
      const problems = 'problems' in offer ? offer.problems : promptProblems(prompt, offer);
      let requests: PlanRequest[] = [];
      if ('problems' in offer) {
        requests = offer.sent ? requestsBefore(offer.sent, prompt, before) : [];
      } else if (problems.length === 0) {
        const start = starts.get(offer) ?? keyStart(offer.sends);
        starts.set(offer, start);
        const alike = made.get(start) ?? new Map<string, PlanRequest[]>();
        made.set(start, alike);
        requests =
          alike.get(quoted) ?? requestsOfCell({ offer, start, prompt, quoted, repeats }, before);
        alike.set(quoted, requests);
      }
      cells.push({ at: place, key, prompt, isLeftOut: skipped.has(key), problems, requests });
    }
  }
  return cells;
}

const noOffer: PlanOffer = { problems: [], sent: undefined };

/** Indexes on all axes but that of the models, in the order of the axes. */
function combinationsOf(axes: readonly Axis[], sample: Definition['sample']): number[][] {
  const lengths = axes.map(({ values }) => values.length);
  if (!sample) {
    return lengths.reduce<number[][]>(
      (all, length) => all.flatMap((at) => Array.from({ length }, (_, index) => [...at, index])),
      [[]],
    );
  }
  const chosen = sampleCombinations(lengths, sample.count, sample.seed);
  return chosen.sort((one, other) => {
    const axis = one.findIndex((index, place) => index !== other[place]);
    return (one[axis] ?? 0) - (other[axis] ?? 0);
  });
}

/** A request that was sent keeps its number of pictures; what it does not cover is asked for by others. */
function requestsOfCell(
  {
    offer,
    start,
    prompt,
    quoted,
    repeats,
  }: { offer: RowRequest; start: string; prompt: string; quoted: string; repeats: number },
  { asked }: SentBefore,
): PlanRequest[] {
  const requests: PlanRequest[] = [];
  for (let first = 0; first < repeats; ) {
    const text = withPrompt(start, quoted, first);
    const sends = cellRequest(offer, prompt, asked(text) ?? repeats - first);
    requests.push({ text, sends });
    first += Math.max(1, offer.perRequest === 1 ? 1 : (sends.request.n ?? 1));
  }
  return requests;
}

/** The requests of a combination that were sent while it could be. */
function requestsBefore(sent: CellRequest, prompt: string, { asked }: SentBefore): PlanRequest[] {
  const requests: PlanRequest[] = [];
  const [start, quoted] = [keyStart(sent), JSON.stringify(prompt)];
  for (let first = 0; ; ) {
    const text = withPrompt(start, quoted, first);
    const count = asked(text);
    if (count === undefined) return requests;
    const n = sent.request.n === undefined ? {} : { n: count };
    requests.push({ text, sends: { ...sent, request: { ...sent.request, prompt, ...n } } });
    first += Math.max(1, count);
  }
}

function requestsOf(cells: readonly PlanCell[]): PlanRequest[] {
  const all = new Set<PlanRequest>();
  for (const cell of cells) {
    if (isToRun(cell)) for (const request of cell.requests) all.add(request);
  }
  return [...all];
}
