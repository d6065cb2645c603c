/**
 * The length of a text as the contract counts it: Unicode code points, so that an emoji or a rare
 * Chinese character counts as one.
 */
export function countCharacters(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const isHighSurrogate = unit >= 0xd800 && unit <= 0xdbff;
    const next = isHighSurrogate ? text.charCodeAt(index + 1) : 0;
    if (next >= 0xdc00 && next <= 0xdfff) index++;
    count++;
  }
  return count;
}
