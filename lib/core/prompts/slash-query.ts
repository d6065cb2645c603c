/** What is searched for at the caret: the word behind a slash. */
export interface SlashQuery {
  /** The slash's place in the text. */
  start: number;
  query: string;
}

/** The slash of Chinese input methods counts as well. */
const slashes = '/／';
/** Before a slash that begins a word. Between Chinese characters it usually means "or". */
const beforeWord = /^[\s，。、；：！？（「『《【("'“‘]?$/u;
const mostCharacters = 60;

/**
 * The slash word that the caret stands behind; undefined where there is none. A space ends it, and so
 * does another slash: addresses and fractions are none.
 */
export function slashQuery(text: string, caret: number): SlashQuery | undefined {
  const before = text.slice(Math.max(0, caret - mostCharacters), caret);
  const offset = caret - before.length;
  const at = Math.max(...[...slashes].map((slash) => before.lastIndexOf(slash)));
  if (at < 0) return undefined;
  const start = offset + at;
  const query = before.slice(at + 1);
  if (/\s/.test(query) || !beforeWord.test(text.slice(Math.max(0, start - 1), start)))
    return undefined;
  return { start, query };
}

/** The text with a slash word replaced, and the caret behind what has taken its place. */
export function withoutSlash(
  text: string,
  { start, query }: SlashQuery,
  replacement: string,
): { text: string; caret: number } {
  const end = start + 1 + query.length;
  return {
    text: text.slice(0, start) + replacement + text.slice(end),
    caret: start + replacement.length,
  };
}
