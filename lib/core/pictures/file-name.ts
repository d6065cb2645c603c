const stopWords = new Set(
  'a an the of in on at to by with and or for from through into over under is are'.split(' '),
);

/**
 * A file name that says what the picture shows: the telling words of the prompt, in any script; the
 * time of the request, since one prompt is run many times; and the picture's number. It has letters,
 * digits and hyphens only, so it is safe on every disk.
 */
export function pictureFileName({
  prompt,
  at,
  index,
  format,
}: {
  prompt: string;
  /** In ms since 1970. */
  at: number;
  index: number;
  format: string;
}): string {
  const stem = tellingWords(prompt) || 'picture';
  return `${stem}-${momentOf(at)}-${index + 1}.${format === 'jpeg' ? 'jpg' : format}`;
}

/** The file name of a composite: the picture's own, with a suffix. */
export function compositeFileName(picture: { prompt: string; at: number; index: number }): string {
  return pictureFileName({ ...picture, format: 'png' }).replace(/\.png$/, '-composite.png');
}

/** A file name for all pictures of a run in one ZIP. */
export function zipFileName(prompt: string, at: number): string {
  return `${tellingWords(prompt) || 'pictures'}-${momentOf(at)}.zip`;
}

/** A file name for the judgements of an experiment. */
export function judgementsFileName(experiment: string): string {
  return `${tellingWords(experiment) || 'experiment'}-judgements.json`;
}

// Month, day and time as the clock on the wall shows them: 1124-194603.
function momentOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = two(date.getMonth() + 1) + two(date.getDate());
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
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

/**
 * File names of which no two are the same, also to a disk that does not tell capitals from small
 * letters: the second `fox.png` becomes `fox-2.png`.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return names.map((name) => {
    const [, stem = name, extension = ''] = /^(.+?)(\.[^.]*)?$/s.exec(name) ?? [];
    let unique = name;
    for (let number = 2; taken.has(unique.toLowerCase()); number++) {
      const next = `${stem}-${number}${extension}`;
      // Not a name that a later file has by right.
      if (!wanted.has(next.toLowerCase())) unique = next;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
}
