import { useEffect, useState } from 'react';
import { loadPicture } from './picture-files';

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
