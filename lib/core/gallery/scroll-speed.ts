/** Above so many screens a second nothing is read that would be gone before it is seen. */
const mostScreens = 7;
/** Over so many ms the speed is measured: one frame may be late. */
const windowMs = 120;

/** So long it takes until a picture that is asked for now is there. */
const soonSeconds = 0.15;

/** Where a scroller was, and when; the newest last. */
export type ScrollSamples = readonly { at: number; top: number }[];

/** The samples with one more, and without those that are too old to count. */
export function withSample(samples: ScrollSamples, sample: ScrollSamples[number]): ScrollSamples {
  return [...samples.filter(({ at }) => sample.at - at <= windowMs), sample];
}

/** How fast a scroller moves, in pixels a second; below 0 upwards. */
export function scrollSpeed(samples: ScrollSamples): number {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.at === first.at) return 0;
  return ((last.top - first.top) / (last.at - first.at)) * 1000;
}

/** Whether a scroller moves too fast for pictures to be read. */
export function isTooFast(samples: ScrollSamples, viewport: number): boolean {
  return viewport > 0 && Math.abs(scrollSpeed(samples)) / viewport > mostScreens;
}

/** How far ahead of the view's middle the pictures are wanted first: where it will be soon. */
export function lookAhead(samples: ScrollSamples, viewport: number): number {
  const soon = scrollSpeed(samples) * soonSeconds;
  return Math.max(-viewport / 2, Math.min(viewport / 2, soon));
}
