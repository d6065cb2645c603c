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
