import type { TableColumn } from './experiment';
import {
  type OptionPiece,
  type Place,
  printOptions,
  type TemplateOption,
  type TemplatePart,
  type TemplateProblem,
} from './template';

/** A piece of a prompt or of a value: text, or the value of a variable by its key. */
export type PromptPiece = string | { variable: string };

/** Something in the prompt that varies: a group of the template, or a column of the table that it uses. */
export interface Variable {
  /** Its name, or `#1`, `#2` … for groups without one, in their order. */
  key: string;
  values: { pieces: PromptPiece[]; label: string }[];
  /** Where it is defined; of a column, where it is used first. */
  place: Place;
  isColumn: boolean;
}

/** What the parts of a template say of its variables. */
export interface FoundVariables {
  pieces: PromptPiece[];
  /** In the order in which they are defined, columns last. */
  variables: Variable[];
  problems: TemplateProblem[];
}

/** The most values of one variable. */
export const maxValues = 100;
/** The most variables of one template. */
export const maxVariables = 20;

/**
 * Looks the names of a template up. A nested choice becomes part of its option's values, so that variables
 * always multiply: `{a {x|y}|b}` has the values `a x`, `a y` and `b`.
 */
export function findVariables(
  parts: readonly TemplatePart[],
  table: readonly TableColumn[],
): FoundVariables {
  const problems: TemplateProblem[] = [];
  const found = new Map<string, Variable>();
  const lists = new Map<string, string>();
  let unnamed = 0;
  const pieces = parts.map((part): PromptPiece => {
    if (part.kind === 'text') return part.text;
    const key = part.name ?? `#${++unnamed}`;
    if (part.kind === 'group') {
      const list = printOptions(part.options);
      const before = lists.get(key);
      if (before === undefined) {
        found.set(key, variableOf(part, key, problems));
        lists.set(key, list);
      } else if (before !== list) problems.push(problemAt(part, 'two_lists', { name: key }));
    }
    return { variable: key };
  });
  const used = usedNames(parts);
  for (const column of table) {
    const place = used.get(column.name) ?? found.get(column.name)?.place;
    if (!place || column.values.length === 0) continue;
    if (found.has(column.name)) {
      problems.push(problemAt(place, 'two_lists', { name: column.name }));
    } else found.set(column.name, variableOfColumn(column, place, problems));
  }
  for (const [name, place] of used) {
    if (!found.has(name)) problems.push(problemAt(place, 'unknown_name', { name }));
  }
  const variables = [...found.values()];
  const tooMany = variables[maxVariables];
  if (tooMany) {
    const values = { count: variables.length, max: maxVariables };
    problems.push({ ...problemAt(tooMany.place, 'too_many_variables', values), signs: [] });
  }
  return { pieces, variables, problems };
}

/**
 * Pieces in a row. Of the two spaces round an empty piece one is left out: `a {|very} big tin` is
 * `a big tin` or `a very big tin`.
 */
export function joinPieces(pieces: readonly string[]): string {
  let text = '';
  let isAfterEmpty = false;
  for (const piece of pieces) {
    if (piece === '') {
      isAfterEmpty = true;
      continue;
    }
    const isDouble = isAfterEmpty && text.endsWith(' ') && piece.startsWith(' ');
    text += isDouble ? piece.slice(1) : piece;
    isAfterEmpty = false;
  }
  return text;
}

function problemAt(
  { start, end }: Place,
  reason: TemplateProblem['reason'],
  values: TemplateProblem['values'],
): TemplateProblem {
  return { reason, start, end, values, signs: [start, end - 1] };
}

/** The names that are repeated somewhere, with the first place of each. */
function usedNames(parts: readonly TemplatePart[]): Map<string, Place> {
  const used = new Map<string, Place>();
  const note = (piece: TemplatePart | OptionPiece) => {
    if (piece.kind === 'again' && !used.has(piece.name)) used.set(piece.name, piece);
    if (piece.kind !== 'group' && piece.kind !== 'choice') return;
    for (const inside of piece.options.flat()) note(inside);
  };
  for (const part of parts) note(part);
  return used;
}

function variableOf(
  { options, start, end }: Extract<TemplatePart, { kind: 'group' }>,
  key: string,
  problems: TemplateProblem[],
): Variable {
  const place = { start, end };
  const isTooMany = sayTooMany({ key, count: countOptions(options), place }, problems);
  const values = (isTooMany ? [] : flattened(options)).map((pieces) => {
    const named = pieces.map((piece) =>
      typeof piece === 'string' ? piece : `{${piece.variable}}`,
    );
    return { pieces, label: joinPieces(named).trim() };
  });
  return { key, values, place, isColumn: false };
}

function variableOfColumn(
  { name: key, values: texts }: TableColumn,
  place: Place,
  problems: TemplateProblem[],
): Variable {
  const isTooMany = sayTooMany({ key, count: texts.length, place }, problems);
  const values = (isTooMany ? [] : texts).map((text) => {
    return { pieces: [text.trim()], label: text.trim() };
  });
  return { key, values, place, isColumn: true };
}

function sayTooMany(
  { key, count, place }: { key: string; count: number; place: Place },
  problems: TemplateProblem[],
): boolean {
  if (count <= maxValues) return false;
  const values = { name: key, count, max: maxValues };
  problems.push({ ...problemAt(place, 'too_many_values', values), signs: [] });
  return true;
}

function countOptions(options: readonly TemplateOption[]): number {
  return options.reduce((sum, option) => {
    const counts = option.map((piece) =>
      piece.kind === 'choice' ? countOptions(piece.options) : 1,
    );
    return sum + counts.reduce((product, count) => product * count, 1);
  }, 0);
}

/** Every value of some options; of several nested choices the last one changes fastest. */
function flattened(options: readonly TemplateOption[]): PromptPiece[][] {
  return options.flatMap((option) =>
    option.reduce<PromptPiece[][]>(
      (values, piece) => {
        const next = valuesOfPiece(piece);
        return values.flatMap((value) => next.map((more) => [...value, ...more]));
      },
      [[]],
    ),
  );
}

function valuesOfPiece(piece: OptionPiece): PromptPiece[][] {
  if (piece.kind === 'text') return [[piece.text]];
  if (piece.kind === 'again') return [[{ variable: piece.name }]];
  // An empty option stands as an empty piece, so that the spaces round it are seen.
  return flattened(piece.options).map((value) => (value.length === 0 ? [''] : value));
}
