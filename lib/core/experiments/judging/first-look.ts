/** After how many judgements a first look at results makes sense: each value was seen about 30 times. */
export const firstLookAfter = (values: number): number => Math.max(30, values * 15);
