import type { Place } from '@/lib/core/experiments/template';

/** A piece of the template, and how it looks. */
export interface Highlight extends Place {
  kind: 'text' | 'variable' | 'problem' | 'foreign';
}

/** Cuts a template into pieces that look alike. Where several things are at one place, problems win. */
export function highlights(
  template: string,
  places: {
    marks: readonly Place[];
    problems: readonly Place[];
    foreign: readonly Place[];
  },
): Highlight[] {
  const all = [...places.marks, ...places.problems, ...places.foreign];
  const ends = all.flatMap(({ start, end }) => [start, end]);
  const cuts = [...new Set([0, ...ends, template.length])].sort((one, other) => one - other);
  const covers = (list: readonly Place[], at: number) =>
    list.some(({ start, end }) => start <= at && at < end);
  return cuts.slice(0, -1).map((start, index) => {
    const kind = covers(places.problems, start)
      ? 'problem'
      : covers(places.foreign, start)
        ? 'foreign'
        : covers(places.marks, start)
          ? 'variable'
          : 'text';
    return { kind, start, end: cuts[index + 1] ?? template.length };
  });
}
