import { foldText } from '../gallery/fold-text';

/** A text that can be put into a prompt. */
export interface OfferedText {
  kind: 'snippet' | 'prompt';
  text: string;
  isStarred: boolean;
}

/** More than anybody reads; others are found by typing on. */
const mostOffered = 50;

/**
 * The snippets, then the earlier prompts, that have a query in them, whatever its case and accents; each
 * text once.
 */
export function offeredTexts({
  snippets,
  prompts,
  query,
}: {
  /** In the order in which they are shown. */
  snippets: readonly { text: string; isStarred: boolean }[];
  /** Newest first. */
  prompts: readonly string[];
  query: string;
}): OfferedText[] {
  const wanted = foldText(query);
  const all: OfferedText[] = [
    ...snippets.map(({ text, isStarred }) => ({ kind: 'snippet' as const, text, isStarred })),
    ...prompts.map((text) => ({ kind: 'prompt' as const, text, isStarred: false })),
  ];
  const seen = new Set<string>();
  const found: OfferedText[] = [];
  for (const offered of all) {
    const { text } = offered;
    if (found.length === mostOffered) break;
    if (text.trim() === '' || seen.has(text) || !foldText(text).includes(wanted)) continue;
    seen.add(text);
    found.push(offered);
  }
  return found;
}
