import { type CsvValue, writeCsv } from '../../csv';
import { pictureFileName, uniqueNames } from '../../pictures/file-name';
import { uprightSize } from '../../pictures/stored-picture';
import { momentOf } from '../../runs/run-state';
import { wordsOf } from '../cell';
import type { SeenCell } from '../cell-state';
import type { Judgement } from '../judging/judgement';
import type { Plan, PlanCell } from '../plan';

/** A picture of an experiment, or a combination that has none: one line of its table. */
export interface CellRecord {
  /** What each variable is there, by its name; unnamed ones are `choice 1`, `choice 2` … in their order. */
  values: Record<string, string>;
  prompt: string;
  model: string;
  shape: string;
  /** The options of the model's row, as they were chosen. */
  options: Record<string, string | readonly string[]>;
  /** The place of the picture among those of its combination, from 1; null where there is none. */
  picture: number | null;
  /** `pictures`, `links`, `words`, `failed`, `planned` … (`CellState`). */
  state: string;
  /** Why there is no picture. */
  why: string | null;
  /** What the answer said in words. */
  words: string;
  /** The name of its file in the download. */
  file: string | null;
  width: number | null;
  height: number | null;
  bytes: number | null;
  /** SHA-256 of the file, in hex. */
  sha256: string | null;
  /** When it was asked for, as ISO 8601 in UTC, and how long that took, in ms. */
  at: string | null;
  durationMs: number | null;
}

/** The pictures of an experiment with what made them, in the order of its plan. */
export function cellRecords(plan: Plan, seen: readonly SeenCell[]): CellRecord[] {
  const records = plan.cells.flatMap((planned, index): CellRecord[] => {
    const found = seen[index];
    const common = commonOf(plan, planned, found);
    const pictures = found?.pictures ?? [];
    if (pictures.length === 0) return [common];
    return pictures.map(({ cell, index: place, picture }, order) => {
      const { width = null, height = null } = (picture.header && uprightSize(picture.header)) ?? {};
      const at = momentOf(cell);
      const format = picture.header?.format ?? 'bin';
      return {
        ...common,
        picture: order + 1,
        words: wordsOf(cell),
        file: `${modelName(common.model)}-${pictureFileName({ prompt: planned.prompt, at, index: place, format })}`,
        width,
        height,
        bytes: picture.byteLength,
        sha256: picture.hash,
        at: new Date(at).toISOString(),
        durationMs: cell.durationMs,
      };
    });
  });
  // As the ZIP has them: of one name there are several, as models are asked for the same.
  const names = uniqueNames(records.map(({ file }) => file ?? ''));
  return records.map((record, index) => {
    return record.file === null ? record : { ...record, file: names[index] ?? record.file };
  });
}

/** A model's id without its owner, safe in a file's name. */
function modelName(id: string): string {
  return (id.split('/').at(-1) ?? id).replaceAll(/[^\p{L}\p{N}.]+/gu, '-');
}

/** The same as CSV, a column for each variable. */
export function cellsAsCsv(records: readonly CellRecord[]): string {
  const variables = [...new Set(records.flatMap(({ values }) => Object.keys(values)))];
  const rows = records.map(({ values, ...rest }): Record<string, CsvValue> => {
    const own = variables.map((name) => [variableColumn(name), values[name] ?? null] as const);
    return { ...Object.fromEntries(own), ...rest };
  });
  return writeCsv([...variables.map(variableColumn), ...columns], rows);
}

/** Judgements as CSV. */
export function judgementsAsCsv(judgements: readonly Judgement[]): string {
  return writeCsv(
    ['at', 'judge', 'axis', 'block', 'left', 'right', 'answer', 'isRepeat', 'seenResults'],
    judgements.map(({ at, judge, axis, block, left, right, answer, repeatOf, seenResults }) => {
      return {
        at: new Date(at).toISOString(),
        judge: judge.name,
        axis,
        block,
        left: left.value,
        right: right.value,
        answer,
        isRepeat: repeatOf !== undefined,
        seenResults,
      };
    }),
  );
}

const columns = [
  ...(['prompt', 'model', 'shape', 'options', 'picture', 'state', 'why', 'words'] as const),
  ...(['file', 'width', 'height', 'bytes', 'sha256', 'at', 'durationMs'] as const),
] satisfies (keyof CellRecord)[];

// A variable may be called like a column.
const variableColumn = (name: string) => `{${name}}`;

function commonOf(plan: Plan, planned: PlanCell, seen: SeenCell | undefined): CellRecord {
  const values: Record<string, string> = {};
  let [model, shape]: [string, string] = ['', ''];
  let options: CellRecord['options'] = {};
  for (const [index, axis] of plan.axes.entries()) {
    const at = planned.at[index] ?? 0;
    if (axis.kind === 'shape') shape = axis.values[at]?.id ?? '';
    else if (axis.kind === 'model') {
      const row = axis.values[at]?.row;
      model = row?.model ?? '';
      options = row?.options ?? {};
    } else {
      const labels: unknown = JSON.parse(axis.values[at]?.id ?? '[]');
      const list = Array.isArray(labels) ? labels : [];
      for (const [place, name] of axis.names.entries()) {
        // No name has a space.
        values[name.replace(/^#/, 'choice ')] = String(list[place] ?? '');
      }
    }
  }
  const state = seen?.state ?? { kind: 'planned' as const };
  return {
    values,
    prompt: planned.prompt,
    model,
    shape,
    options,
    picture: null,
    state: state.kind,
    why: whyOf(planned, state),
    words: state.kind === 'words' ? state.words : '',
    file: null,
    width: null,
    height: null,
    bytes: null,
    sha256: null,
    at: null,
    durationMs: null,
  };
}

function whyOf(planned: PlanCell, state: SeenCell['state']): string | null {
  if (state.kind === 'failed') {
    const { kind, message = '' } = state.trouble ?? { kind: 'no_picture' };
    return message === '' ? kind : `${kind}: ${message}`;
  }
  if (state.kind === 'links') return `link: ${state.urls.join(' ')}`;
  return state.kind === 'impossible' ? (planned.problems[0]?.reason ?? null) : null;
}
