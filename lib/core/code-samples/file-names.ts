/** Letters that no shell, form or file system takes for anything else. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
/** What samples write, and what they are saved as themselves. */
const takenName = /^(picture-\d|input-\d|answer\.|request\.|prompt\.)/i;

/**
 * Names files as they are to lie beside a sample: by their own names where these are plain, else by
 * number. One file has one name, and each name is one file's.
 * @returns the name of a file, by the hash of its bytes, its own name, and its format
 */
export function createFileNames(): (hash: string, own?: string, format?: string) => string {
  const names = new Map<string, string>();
  return (hash, own = '', format = 'bin') => {
    const known = names.get(hash);
    if (known !== undefined) return known;
    // File systems may take capital letters for small ones.
    const taken = new Set([...names.values()].map((name) => name.toLowerCase()));
    const isFree = !takenName.test(own) && !taken.has(own.toLowerCase());
    const ending = format === 'jpeg' ? 'jpg' : format;
    const name = plainName.test(own) && isFree ? own : `input-${names.size + 1}.${ending}`;
    names.set(hash, name);
    return name;
  };
}
