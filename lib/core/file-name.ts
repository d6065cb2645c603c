const stopWords = new Set(
  'a an the of in on at to by with and or for from through into over under is are'.split(' '),
);

/**
 * A file name that says what the picture shows: the telling words of the prompt, in any script, and
 * the picture's number. Only letters, digits and hyphens, so it is safe on every disk.
 */
export function pictureFileName({
  prompt,
  index,
  format,
}: {
  prompt: string;
  index: number;
  format: string;
}): string {
  const stem = tellingWords(prompt) || 'picture';
  return `${stem}-${index + 1}.${format === 'jpeg' ? 'jpg' : format}`;
}

/** A file name for all pictures of a prompt in one ZIP. */
export function zipFileName({ prompt }: { prompt: string }): string {
  return `${tellingWords(prompt) || 'pictures'}.zip`;
}

function tellingWords(prompt: string): string {
  const words =
    prompt
      .slice(0, 400)
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !stopWords.has(word));
  const name = (telling.length > 0 ? telling : words).slice(0, 5).join('-');
  return [...name].slice(0, 40).join('').replace(/-+$/, '');
}
