import { useEffect, useRef, useState } from 'react';
import { loadPicture } from '@/lib/client/pictures/picture-files';
import { readPatiently } from '@/lib/client/storage/database';
import type { Size } from '@/lib/core/sizes/sizes';

/** A picture that can be shown at once. */
export interface DecodedPicture {
  url: string;
  size: Size;
  /** Holds what was decoded for as long as it is wanted. */
  image: HTMLImageElement;
}

/**
 * Pictures by their hashes, decoded ahead, as long as they are wanted; null: it cannot be shown any more.
 */
export function useDecodedPictures(
  hashes: readonly string[],
): ReadonlyMap<string, DecodedPicture | null> {
  const [decoded, setDecoded] = useState<ReadonlyMap<string, DecodedPicture | null>>(new Map());
  const loads = useRef(new Map<string, Promise<DecodedPicture | null>>());
  const wanted = [...new Set(hashes)].join(' ');
  useEffect(() => {
    let isWanted = true;
    const all = wanted === '' ? [] : wanted.split(' ');
    for (const hash of loads.current.keys()) if (!all.includes(hash)) release(loads.current, hash);
    for (const hash of all) {
      const load = loads.current.get(hash) ?? decode(hash);
      loads.current.set(hash, load);
      void load.then((picture) => {
        if (!isWanted) return;
        setDecoded((known) => {
          const kept = [...known].filter(([one]) => all.includes(one));
          return new Map([...kept, [hash, picture]]);
        });
      });
    }
    return () => {
      isWanted = false;
    };
  }, [wanted]);
  useEffect(() => {
    const all = loads.current;
    return () => {
      for (const hash of all.keys()) release(all, hash);
    };
  }, []);
  return decoded;
}

async function decode(hash: string): Promise<DecodedPicture | null> {
  const file = await readPatiently(() => loadPicture(hash)).catch(() => undefined);
  if (!file) return null;
  const url = URL.createObjectURL(file);
  const image = Object.assign(new Image(), { src: url });
  try {
    await image.decode();
  } catch {
    URL.revokeObjectURL(url);
    return null;
  }
  return { url, size: { width: image.naturalWidth, height: image.naturalHeight }, image };
}

function release(loads: Map<string, Promise<DecodedPicture | null>>, hash: string): void {
  void loads.get(hash)?.then((picture) => picture && URL.revokeObjectURL(picture.url));
  loads.delete(hash);
}
