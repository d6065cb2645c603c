import { useEffect, useState } from 'react';
import { loadPicture } from './picture-files';

/**
 * An address for a kept picture, as long as something shows it.
 * @returns undefined while it is being looked up; null if it is nowhere any more
 */
export function usePictureUrl(hash: string): string | null | undefined {
  return useBlobUrl(hash, loadPicture);
}

/** The same for any file that can be loaded by its hash. */
export function useBlobUrl(
  hash: string,
  load: (hash: string) => Promise<Blob | undefined>,
): string | null | undefined {
  const [url, setUrl] = useState<string | null>();
  useEffect(() => {
    let isShown = true;
    let made: string | undefined;
    void load(hash).then((file) => {
      if (!isShown) return;
      made = file && URL.createObjectURL(file);
      setUrl(made ?? null);
    });
    return () => {
      isShown = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [hash, load]);
  return url;
}

/** Addresses of several kept pictures by their hashes, while they are looked at. */
export function usePictureUrls(hashes: readonly string[]): ReadonlyMap<string, string> {
  const [urls, setUrls] = useState<ReadonlyMap<string, string>>(new Map());
  const wanted = hashes.join(' ');
  useEffect(() => {
    let isShown = true;
    const made = new Map<string, string>();
    const all = [...new Set(wanted.split(' '))].map(async (hash) => {
      const file = await loadPicture(hash);
      if (file && isShown) made.set(hash, URL.createObjectURL(file));
    });
    void Promise.all(all).then(() => isShown && setUrls(made));
    return () => {
      isShown = false;
      for (const url of made.values()) URL.revokeObjectURL(url);
    };
  }, [wanted]);
  return urls;
}
