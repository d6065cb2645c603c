/** Above so many screens a second nothing is read that would be gone before it is seen. */
const mostScreens = 7;
/** Over so many ms the speed is measured: one frame may be late. */
const windowMs = 120;

/** Where a scroller was, and when; the newest last. */
export type ScrollSamples = readonly { at: number; top: number }[];

/** The samples with one more, and without those that are too old to count. */
export function withSample(samples: ScrollSamples, sample: ScrollSamples[number]): ScrollSamples {
  return [...samples.filter(({ at }) => sample.at - at <= windowMs), sample];
}

/** Whether a scroller moves too fast for pictures to be read. */
export function isTooFast(samples: ScrollSamples, viewport: number): boolean {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.at === first.at || viewport <= 0) return false;
  const screens = Math.abs(last.top - first.top) / viewport;
  return screens / ((last.at - first.at) / 1000) > mostScreens;
}
