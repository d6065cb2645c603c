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
