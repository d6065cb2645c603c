import { lexer, type MarkedToken, type Token } from 'marked';
import { readAddress } from '../address';

/** A paragraph, a list, a table or another block of Markdown. */
export interface MarkdownBlock {
  /** Offset in the text; it stays the same while the text grows, so it serves as a key. */
  start: number;
  token: Token;
}

/**
 * Reads a text that grows at its end. Blocks that are over are read once and stay the same objects, so
 * a long answer costs what its last block costs. HTML is read as text like any other; nothing here
 * makes markup.
 */
export function createMarkdownReader(): (text: string) => readonly MarkdownBlock[] {
  let read = '';
  let blocks: readonly MarkdownBlock[] = [];
  // The text before this offset is final, and so are this many blocks.
  let over = { end: 0, count: 0 };
  return (written) => {
    // As the lexer counts them.
    const text = written.replace(/\r\n?/g, '\n');
    if (text === read) return blocks;
    if (!text.startsWith(read.slice(0, over.end))) over = { end: 0, count: 0 };
    const fresh = blocksFrom(text, over.end);
    blocks = [...blocks.slice(0, over.count), ...fresh];
    read = text;
    // The last block may still grow: a list by another item, a table by another row.
    const last = fresh.at(-1);
    if (last) over = { end: last.start, count: blocks.length - 1 };
    return blocks;
  };
}

// The lexer calls itself for each level, and reads the rest of a paragraph for each mark of emphasis.
const tooDeep =
  /^[ \t]*(?:(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])[ \t]*){40}|^[ \t]{80,}(?:>|[-*+][ \t])/m;
const mostEffort = 20_000_000;
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

function blocksFrom(text: string, from: number): MarkdownBlock[] {
  let start = from;
  return lex(text.slice(from)).flatMap((token) => {
    const block = { start, token };
    start += token.raw.length;
    return token.type === 'space' ? [] : [block];
  });
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
