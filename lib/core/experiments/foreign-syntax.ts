import type { Place } from './template';

/**
 * What other programs read in a prompt and this one sends as it stands: a weight (`0.5::x`), a wildcard
 * (`__colour__`), several values at once (`2$$`), a variable of their own (`${x}`).
 */
export type ForeignSyntax = Place & { kind: 'weight' | 'wildcard' | 'several' | 'assignment' };

// Each repetition has an end, so that no text takes more than linear time.
const known = {
  weight: /\d{1,8}(?:\.\d{1,8})?::/g,
  wildcard: /__[\p{L}\p{Nd}/*-][\p{L}\p{Nd}_/*-]{0,63}?__/gu,
  several: /\d{1,4}(?:-\d{1,4})?\$\$/g,
  assignment: /\$\{/g,
};

/** Finds what looks like the syntax of another program; it costs money if it is sent unread. */
export function findForeignSyntax(template: string): ForeignSyntax[] {
  const kinds = Object.entries(known) as [ForeignSyntax['kind'], RegExp][];
  return kinds
    .flatMap(([kind, pattern]) =>
      [...template.matchAll(pattern)].map(({ 0: text, index }) => {
        return { kind, start: index, end: index + text.length };
      }),
    )
    .sort((one, other) => one.start - other.start);
}
