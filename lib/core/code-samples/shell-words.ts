/**
 * A text as one word of bash or zsh. What a terminal would act on when it is pasted (tabs, escapes) is
 * written as `$'\x09'`. A text with a NUL cannot be an argument at all.
 */
export function shellWord(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const isRisky = /[\u0000-\u0009\u000b-\u001f\u007f]/;
  if (!isRisky.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = text
    .replaceAll(/['\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll(new RegExp(isRisky, 'g'), (character) => {
      return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
    });
  return `$'${escaped}'`;
}
