/** The day of a time (ms since 1970) where the browser is, as `2026-11-28`. */
export function dayOf(at: number): string {
  // Times next to each other mostly are of one day: a Date for each would cost most of a layout.
  if (at >= known.from && at < known.to) return known.day;
  const date = new Date(at);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  known = {
    from: new Date(year, month, day).getTime(),
    to: new Date(year, month, day + 1).getTime(),
    day: `${String(year).padStart(4, '0')}-${two(month + 1)}-${two(day)}`,
  };
  return known.day;
}

let known = { from: 0, to: 0, day: '' };

const two = (number: number) => String(number).padStart(2, '0');
