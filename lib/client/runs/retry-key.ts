/** Of a UUID its last twelve digits are a number of this range. */
const range = 2 ** 48;

/**
 * The key of the try that follows the one with this key. It is worked out and not drawn, so that two
 * tabs that see the same refusal at the same time send the same next try: of one key one is carried
 * out.
 */
export function retryKey(key: string): string {
  return shifted(key, 1);
}

/** The keys that a try with this key may have followed, the nearest first. */
export function keysBefore(key: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => shifted(key, -1 - index));
}

function shifted(key: string, by: number): string {
  const number = (Number.parseInt(key.slice(-12), 16) + by + range) % range;
  return key.slice(0, -12) + number.toString(16).padStart(12, '0');
}
