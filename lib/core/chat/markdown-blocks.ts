import { lexer, type MarkedToken, type Token } from 'marked';
import { readAddress } from '../address';

/** A paragraph, a list, a table or another block of Markdown. */
export interface MarkdownBlock {
  /** Offset in the text; it stays the same while the text grows, so it serves as a key. */
  start: number;
  /** Its token; the tokens of its pieces if it was too long to be read at once. */
  pieces: readonly Token[];
}

/** The blocks of a text as far as it has been read. */
export interface MarkdownSoFar {
  blocks: readonly MarkdownBlock[];
  /** Whether the text has been read to its end. */
  isWhole: boolean;
}

/** How many characters one call reads: a few milliseconds of reading and of drawing. */
const mostAtOnce = 4096;

/** What is final of a text. */
interface Final {
  /** The text before this offset. */
  end: number;
  blocks: readonly MarkdownBlock[];
  /** The block that goes on at `end`, if one was cut there. */
  open: MarkdownBlock | undefined;
  /** What the rest of that block is read after: the fence of its code, the head of its table. */
  lead: string;
}

const nothing: Final = { end: 0, blocks: [], open: undefined, lead: '' };

/**
 * Reads a text that grows at its end, a stretch of it at each call. Blocks that are over are read once
 * and stay the same objects, and a block of any length costs what its last piece costs. HTML is read as
 * text like any other; nothing here makes markup.
 */
export function createMarkdownReader(): (text: string) => MarkdownSoFar {
  let read = '';
  let final = nothing;
  return (written) => {
    // As the lexer counts them.
    const text = written.replace(/\r\n?/g, '\n');
    if (!text.startsWith(read.slice(0, final.end))) final = nothing;
    read = text;
    const stretch = text.slice(final.end, final.end + mostAtOnce);
    const isWhole = final.end + stretch.length === text.length;
    const fresh = tokensOf(stretch, final);
    if (!isWhole && fresh.length < 2) {
      final = withPiece(stretch, fresh[0], final);
      return { blocks: shownOf(final), isWhole };
    }
    const all = withTokens(fresh, final);
    // The last block may still grow: a list by another item, a table by another row.
    const last = fresh.at(-1);
    if (last && fresh.length > 1) {
      final = { end: last.start, blocks: all.blocks, open: undefined, lead: '' };
    }
    return { blocks: isWhole ? shownOf(all) : final.blocks, isWhole };
  };
}

/** A token, and where it begins in the text. */
interface Placed {
  start: number;
  token: Token;
}

function shownOf({ blocks, open }: Pick<Final, 'blocks' | 'open'>): readonly MarkdownBlock[] {
  return open ? [...blocks, open] : blocks;
}

/** The tokens of a stretch of the text, which begins where the final text ends. */
function tokensOf(stretch: string, { end, lead }: Pick<Final, 'end' | 'lead'>): Placed[] {
  let start = end - lead.length;
  return lex(lead + stretch).flatMap((token) => {
    const placed = { start: Math.max(start, end), token };
    start += token.raw.length;
    return token.type === 'space' ? [] : [placed];
  });
}

/** The final text with further tokens, the last of which is left open. */
function withTokens(
  tokens: readonly Placed[],
  { blocks, open }: Pick<Final, 'blocks' | 'open'>,
): Pick<Final, 'blocks' | 'open'> {
  const all = [...blocks];
  let last = open;
  for (const [index, { start, token }] of tokens.entries()) {
    if (index === 0 && last && last.pieces[0]?.type === token.type) {
      last = { start: last.start, pieces: [...last.pieces, token] };
      continue;
    }
    if (last) all.push(last);
    last = { start, pieces: [token] };
  }
  return { blocks: all, open: last };
}

/** The final text with a piece of a block that is longer than a stretch. */
function withPiece(stretch: string, placed: Placed | undefined, final: Final): Final {
  const { at, lead } = placed
    ? cutOf(known(placed.token), stretch, final.lead)
    : { at: stretch.length, lead: '' };
  const tokens = tokensOf(stretch.slice(0, at), final);
  return { end: final.end + at, ...withTokens(tokens, final), lead };
}

/** Where a block that is longer than a stretch is cut, and what the rest of it is read after. */
function cutOf(token: MarkedToken, stretch: string, lead: string): { at: number; lead: string } {
  const line = stretch.lastIndexOf('\n') + 1;
  const head = (lines: number) => `${stretch.split('\n', lines).join('\n')}\n`;
  switch (token.type) {
    case 'list': {
      const before = token.items.slice(0, -1);
      const item = before.reduce((sum, { raw }) => sum + raw.length, 0);
      return { at: item || line || wordEnd(stretch), lead: '' };
    }
    case 'table':
      return { at: line || stretch.length, lead: lead || head(2) };
    case 'html':
      return { at: line || wordEnd(stretch), lead: '' };
    case 'code':
      if (token.codeBlockStyle === 'indented') return { at: line || stretch.length, lead: '' };
      return { at: line || wordEnd(stretch), lead: lead || head(1) };
    case 'blockquote':
      return line > 0 ? { at: line, lead: '' } : { at: wordEnd(stretch), lead: '> ' };
    default:
      return { at: wordEnd(stretch), lead: '' };
  }
}

/** Where the last word of a long text ends: the next one begins a line. */
function wordEnd(text: string): number {
  const near = text.length - 1000;
  const gaps = [...text.slice(near).matchAll(/\s(?=\p{L})/gu)];
  const last = gaps.at(-1);
  if (last) return near + last.index + 1;
  // Not between the halves of a character.
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length;
}

// The lexer calls itself for each level, and reads the rest of a paragraph for each mark of emphasis.
const tooDeep =
  /^[ \t]*(?:(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])[ \t]*){40}|^[ \t]{80,}(?:>|[-*+][ \t])/m;
const mostEffort = 5_000_000;
// The whole fence or none of it: a long row of backticks would be tried at each of its lengths.
const fenced = /^ {0,3}(```+(?!`)|~~~+(?!~))[^\n]*\n[\s\S]*?(?:^ {0,3}\1|$(?![\s\S]))/gm;
const paragraphEnd = /\n(?=[ \t]*(?:\n|[-*+|>#]|\d{1,9}[.)]))/;

/** Whether a text would take the lexer seconds, or more calls than the stack holds. */
function isCostly(text: string): boolean {
  if (tooDeep.test(text)) return true;
  return text
    .replace(fenced, '')
    .split(paragraphEnd)
    .some((paragraph) => (paragraph.match(/[*_~]/g)?.length ?? 0) * paragraph.length > mostEffort);
}

/** The tokens of a text; one that is costly to read is one block of plain text. */
function lex(text: string): Token[] {
  if (!isCostly(text)) return lexer(text);
  return [{ type: 'html', raw: text, text, pre: false, block: true }];
}

/** A token by its kind. The lexer is given no kinds of our own, which its types allow for. */
export function known(token: Token): MarkedToken {
  return token as MarkedToken;
}

const safeAddress = /^(https?:\/\/|mailto:)/i;

/** The address of a link if a page may lead there; undefined for every other scheme, and for none. */
export function safeHref(href: string): string | undefined {
  return safeAddress.test(href.trim()) && readAddress(href.trim()) ? href.trim() : undefined;
}

const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** A text with the entities that models write in place of single characters. */
export function withoutEntities(text: string): string {
  return text.replace(/&(?:(\w+)|#(\d{1,7}));/g, (whole, name?: string, code?: string) => {
    if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole;
    const point = Number(code);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
