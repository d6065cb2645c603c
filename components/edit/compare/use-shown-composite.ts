import { useComposite } from '@/lib/client/composite/use-composite';
import { compositeFileName } from '@/lib/core/pictures/file-name';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { momentOf } from '@/lib/core/runs/run-state';
import type { PictureInstead } from '../../runs/run-actions';

/** The composite that stands in a picture's place, as soon as it is there and for as long as it is wanted. */
export function useShownComposite(run: RunEntry, index: number): PictureInstead | undefined {
  const composite = useComposite(run, index);
  if (!('shown' in composite) || !composite.shown) return undefined;
  const { blob, url, previewUrl: shownUrl, header } = composite.shown;
  const { prompt } = run.request;
  return {
    blob,
    url,
    shownUrl,
    header,
    fileName: compositeFileName({ prompt, at: momentOf(run), index }),
  };
}
