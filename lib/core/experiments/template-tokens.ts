/** The signs of the template's syntax. Their full width forms, which Chinese keyboards write, are the same. */
export type Sign = 'open' | 'close' | 'bar' | 'colon';

/** A piece of a template: text with its escapes resolved, or a sign. Places are UTF-16 indexes. */
export interface Token {
  kind: 'text' | Sign;
  text: string;
  start: number;
  end: number;
}

const signs: Record<string, Sign> = {
  '{': 'open',
  '｛': 'open',
  '}': 'close',
  '｝': 'close',
  '|': 'bar',
  '｜': 'bar',
  ':': 'colon',
  '：': 'colon',
};

/** Cuts a template at its signs; a `\` before a sign or another `\` makes text of it. Takes linear time. */
export function tokensOf(template: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const match of template.matchAll(/\\[{}|:\\｛｝｜：]|[{}|:｛｝｜：]/g)) {
    const { 0: found, index } = match;
    const end = index + found.length;
    if (index > at) tokens.push(textToken(template.slice(at, index), at, index));
    const kind = signs[found];
    tokens.push(
      kind ? { kind, text: found, start: index, end } : textToken(found.slice(1), index, end),
    );
    at = end;
  }
  if (at < template.length) tokens.push(textToken(template.slice(at), at, template.length));
  return tokens;
}

function textToken(text: string, start: number, end: number): Token {
  return { kind: 'text', text, start, end };
}

/** A text as a template that stands for it alone. */
export function escapeText(text: string): string {
  return text.replace(/[{}|:\\｛｝｜：]/g, '\\$&');
}

/** For each brace the index of the token that it belongs to; -1 for one that has no partner. */
export function matchBraces(tokens: readonly Token[]): number[] {
  const partners = tokens.map(() => -1);
  const open: number[] = [];
  for (const [index, { kind }] of tokens.entries()) {
    if (kind === 'open') open.push(index);
    if (kind !== 'close') continue;
    const start = open.pop();
    if (start === undefined) continue;
    partners[start] = index;
    partners[index] = start;
  }
  return partners;
}

/** A name of a variable as it is compared (NFC, without the spaces round it); undefined if it is none. */
export function readName(text: string): string | undefined {
  const name = text.trim().normalize('NFC');
  // A letter of any script; marks belong to the letter before them.
  return /^\p{L}[\p{L}\p{M}\p{Nd}_-]{0,31}$/u.test(name) ? name : undefined;
}
