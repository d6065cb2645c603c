import type { EndpointName } from '../../core/models/model';

let wanted: EndpointName | undefined;
const waiting = new Set<() => void>();

/**
 * Asks for the focus in the main text box of a page: what was just done is to be described there. A page that
 * is not open yet takes it when it opens.
 */
export function wantPrompt(page: EndpointName): void {
  wanted = page;
  for (const tell of waiting) tell();
}

/**
 * Gives a page's text box the focus whenever it is asked for, and if it was asked for already.
 * @returns leaves it
 */
export function followWantedPrompt(page: EndpointName, focus: () => void): () => void {
  const look = () => {
    if (wanted !== page) return;
    wanted = undefined;
    focus();
  };
  waiting.add(look);
  look();
  return () => waiting.delete(look);
}
