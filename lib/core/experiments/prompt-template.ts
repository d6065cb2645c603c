import type { Definition } from './experiment';
import {
  maxTemplateLength,
  type Place,
  readTemplate,
  type TemplatePart,
  type TemplateProblem,
} from './template';
import { findVariables, joinPieces, type PromptPiece, type Variable } from './variables';

/** A template that was read whole: what it varies, and all that is wrong with it. */
export interface PromptTemplate {
  pieces: PromptPiece[];
  variables: Variable[];
  /** Every variable's key once; those of one group change together, value by value. */
  groups: string[][];
  problems: TemplateProblem[];
  /** Groups and repeated names, in their order. */
  marks: (Place & { key: string })[];
}

/** Which value each variable has, by its key; a variable that is not named has its first. */
export type ChosenValues = Readonly<Record<string, number>>;

/** Reads a definition's template with its table and links. Never throws. */
export function promptTemplate({
  template,
  isText,
  table,
  links,
}: Pick<Definition, 'template' | 'isText' | 'table' | 'links'>): PromptTemplate {
  const read = readTemplate(template, { isText });
  const { pieces, variables, problems } = findVariables(read.parts, table);
  problems.push(...read.problems);
  const groups = linkedGroups(variables, links, problems);
  if (problems.length === 0) checkLengths(pieces, variables, problems);
  problems.sort((one, other) => one.start - other.start);
  return { pieces, variables, groups, problems, marks: marksOf(read.parts) };
}

/** The prompt that a template stands for at some values. The template must have no problems. */
export function promptOf({ pieces, variables }: PromptTemplate, chosen: ChosenValues): string {
  const byKey = new Map(variables.map((variable) => [variable.key, variable]));
  const known = new Map<string, string>();
  const resolve = (piece: PromptPiece): string => {
    if (typeof piece === 'string') return piece;
    const { variable: key } = piece;
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = byKey.get(key)?.values[chosen[key] ?? 0];
    const text = joinPieces((value?.pieces ?? []).map(resolve)).trim();
    known.set(key, text);
    return text;
  };
  return joinPieces(pieces.map(resolve));
}

/** How many prompts a template stands for; it may be more than a number can count exactly. */
export function countPrompts({ groups, variables }: PromptTemplate): number {
  return groups.reduce((product, [first]) => product * lengthOf(variables, first), 1);
}

function lengthOf(variables: readonly Variable[], key: string | undefined): number {
  return variables.find((variable) => variable.key === key)?.values.length ?? 0;
}

/** The columns of a table are linked; so is what shares a link, directly or by others. */
function linkedGroups(
  variables: readonly Variable[],
  links: readonly string[][],
  problems: TemplateProblem[],
): string[][] {
  const columns = variables.filter(({ isColumn }) => isColumn).map(({ key }) => key);
  let groups = variables.map(({ key }) => [key]);
  for (const link of [columns, ...links]) {
    const joins = groups.filter((group) => group.some((key) => link.includes(key)));
    const [first] = joins;
    if (!first || joins.length < 2) continue;
    const linked = new Set(joins.flat());
    // In the order of the variables, whatever the order of the links.
    const all = variables.map(({ key }) => key).filter((key) => linked.has(key));
    groups = groups
      .filter((group) => group === first || !joins.includes(group))
      .map((group) => (group === first ? all : group));
  }
  for (const [first = '', ...others] of groups) {
    const unequal = others.find((key) => lengthOf(variables, key) !== lengthOf(variables, first));
    if (unequal === undefined) continue;
    const place = variables.find(({ key }) => key === unequal)?.place ?? { start: 0, end: 0 };
    const [m, n] = [lengthOf(variables, first), lengthOf(variables, unequal)];
    const values = { a: first, m, b: unequal, n };
    problems.push({ reason: 'unequal_links', ...place, values, signs: [] });
  }
  return groups;
}

/** Says where a variable's value needs that value itself, and where values grow beyond all measure. */
function checkLengths(
  pieces: readonly PromptPiece[],
  variables: readonly Variable[],
  problems: TemplateProblem[],
): void {
  const lengths = new Map<string, number | 'open'>();
  const measure = (of: readonly PromptPiece[]): number =>
    of.reduce((sum, piece) => {
      if (typeof piece === 'string') return sum + piece.length;
      const variable = variables.find(({ key }) => key === piece.variable);
      return sum + (variable ? longest(variable) : 0);
    }, 0);
  const longest = ({ key, values, place }: Variable): number => {
    const known = lengths.get(key);
    if (known === 'open') {
      problems.push({ reason: 'circular', ...place, values: { name: key }, signs: [] });
      return 0;
    }
    if (known !== undefined) return known;
    lengths.set(key, 'open');
    const length = Math.max(0, ...values.map((value) => measure(value.pieces)));
    lengths.set(key, length);
    return length;
  };
  if (measure(pieces) <= maxTemplateLength || problems.length > 0) return;
  const [first] = variables;
  const place = first?.place ?? { start: 0, end: 0 };
  problems.push({ reason: 'too_long', ...place, values: { max: maxTemplateLength }, signs: [] });
}

function marksOf(parts: readonly TemplatePart[]): PromptTemplate['marks'] {
  let unnamed = 0;
  return parts.flatMap((part) => {
    if (part.kind === 'text') return [];
    const { name, start, end } = part;
    return [{ key: name ?? `#${++unnamed}`, start, end }];
  });
}
