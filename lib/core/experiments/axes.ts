import type { Definition, ModelRow, ShapeWish } from './experiment';
import { wishName } from './nearest-shape';
import type { ChosenValues, PromptTemplate } from './prompt-template';

/** One value of an axis. */
export interface AxisValue {
  /** Unique on its axis, and the same for the same value when the definition changes elsewhere. */
  id: string;
  /** A text of the prompt; for models and shapes the page has words of its own. */
  label: string;
}

/** Something that an experiment varies. */
export type Axis =
  | {
      kind: 'values';
      id: string;
      names: string[];
      values: (AxisValue & { chosen: ChosenValues })[];
    }
  | { kind: 'shape'; id: 'shape'; values: (AxisValue & { wish: ShapeWish })[] }
  | { kind: 'model'; id: 'model'; values: (AxisValue & { row: ModelRow })[] };

/**
 * The axes of a definition: its variables, linked ones as one, then shapes, then models with their options.
 * Repeats are no axis: they are pictures of one cell. Equal values are one.
 */
export function axesOf(
  { groups, variables }: Pick<PromptTemplate, 'groups' | 'variables'>,
  { shapes, models }: Pick<Definition, 'shapes' | 'models'>,
): Axis[] {
  const byKey = new Map(variables.map((variable) => [variable.key, variable]));
  const valueAxes = groups.map((names): Axis => {
    const length = byKey.get(names[0] ?? '')?.values.length ?? 0;
    const values = Array.from({ length }, (_, index) => {
      const labels = names.map((name) => byKey.get(name)?.values[index]?.label ?? '');
      const chosen = Object.fromEntries(names.map((name) => [name, index]));
      return { id: JSON.stringify(labels), label: labels.join(' · '), chosen };
    });
    return { kind: 'values', id: `values ${names.join(' ')}`, names, values: distinct(values) };
  });
  const wishes = shapes.map((wish) => ({ id: wishName(wish), label: wishName(wish), wish }));
  const rows = models.map((row) => ({ id: row.id, label: row.model, row }));
  return [
    ...valueAxes,
    { kind: 'shape', id: 'shape', values: distinct(wishes) },
    { kind: 'model', id: 'model', values: rows },
  ];
}

/** How many combinations some axes have; too many to count exactly if they are beyond 2⁵³. */
export function countCombinations(axes: readonly Axis[]): number {
  return axes.reduce((product, { values }) => product * values.length, 1);
}

/**
 * Names combinations, whatever is added to the axes.
 * @returns the key of a combination, by the index of its value on each axis
 */
export function combinationKeys(axes: readonly Axis[]): (at: readonly number[]) => string {
  const names = axes.map(({ id, values }) =>
    values.map((value) => JSON.stringify(`${id} = ${value.id}`)),
  );
  return (at) => {
    let key = '[';
    for (let axis = 0; axis < at.length; axis++) {
      key += `${axis > 0 ? ',' : ''}${names[axis]?.[at[axis] ?? 0] ?? ''}`;
    }
    return `${key}]`;
  };
}

function distinct<Value extends AxisValue>(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [value.id, value])).values()];
}
