import type { PictureFile } from './picture-collector';

/**
 * Passes events on in their order, each once the hashes of the pictures before it are known. Until
 * then a picture goes by a name of its own (`PictureFile.hashing`), in whose place its hash is put.
 */
export function createHashedReport<Event>(pass: (event: Event) => void): {
  report(event: Event): void;
  /** Resolves when all that was reported has been passed on. @throws what passing it on threw */
  settled(): Promise<void>;
} {
  const hashes = new Map<string, string>();
  let passing: Promise<void> | undefined;
  let lost: Promise<void> | undefined;

  const passOn = async (event: Event, before: Promise<void> | undefined) => {
    await before;
    if (!isUnhashed(event)) return pass(withHashes(event, hashes));
    const { hashing, ...file } = event;
    hashes.set(file.hash, await hashing);
    pass(withHashes(file as Event, hashes));
  };

  return {
    report(event) {
      if (!passing && !isUnhashed(event)) return pass(withHashes(event, hashes));
      const turn = passOn(event, passing);
      passing = turn;
      const done = () => {
        if (passing === turn) passing = undefined;
      };
      turn.then(done, () => {
        lost ??= turn;
        done();
      });
    },
    async settled() {
      await passing;
      await lost;
    },
  };
}

function isUnhashed<Event>(event: Event): event is Event & Required<PictureFile> {
  return (event as Partial<PictureFile>).hashing !== undefined;
}

/** The same with each text that is the name of a picture replaced by its hash. */
function withHashes<T>(value: T, hashes: ReadonlyMap<string, string>): T {
  if (hashes.size === 0) return value;
  if (typeof value === 'string') return (hashes.get(value) ?? value) as T;
  if (Array.isArray(value)) return value.map((one) => withHashes(one, hashes)) as T;
  if (typeof value !== 'object' || value === null || value instanceof Blob) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withHashes(one, hashes)]),
  ) as T;
}
