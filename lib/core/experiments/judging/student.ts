/**
 * The quantile of Student's t: two-sided, so that |t| is above it with the chance `outside`.
 * @param degrees of freedom, a whole number from 1
 */
export function studentQuantile(outside: number, degrees: number): number {
  let low = 0;
  let high = 1;
  while (chanceOutside(high, degrees) > outside) high *= 2;
  for (let step = 0; step < 100 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2;
    if (chanceOutside(middle, degrees) > outside) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The chance that |t| is above a value: finite sums (Abramowitz and Stegun 26.7.3 and 26.7.4). */
function chanceOutside(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const square = Math.cos(angle) ** 2;
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let place = isOdd ? 3 : 2; place < degrees - 1; place += 2) {
    term *= ((place - 1) / place) * square;
    sum += term;
  }
  const product = Math.sin(angle) * sum;
  return 1 - (isOdd ? (2 / Math.PI) * (angle + product) : product);
}
