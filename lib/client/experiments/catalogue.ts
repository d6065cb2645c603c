import { useEffect } from 'react';
import type { Model } from '../../core/models/model';

let known: readonly Model[] = [];
let tell: () => void;
/** Resolves once a page has told which models there are. */
export const catalogueIsKnown = new Promise<void>((resolve) => {
  tell = resolve;
});

/** The models that the page was rendered with. */
export function catalogue(): readonly Model[] {
  return known;
}

/** Tells which models there are: experiments that run need them on every page. */
export function useCatalogue(models: readonly Model[]): void {
  useEffect(() => {
    known = models;
    tell();
  }, [models]);
}
