import { escapeText, matchBraces, readName, type Token, tokensOf } from './template-tokens';

/** A place in a template, as UTF-16 indexes; both lie between characters. */
export interface Place {
  start: number;
  end: number;
}

/** What an option is made of. Groups inside it are choices, or repeat the value of a variable. */
export type OptionPiece =
  | { kind: 'text'; text: string }
  | { kind: 'choice'; options: TemplateOption[] }
  | ({ kind: 'again'; name: string } & Place);

/** One value of a group, trimmed; it may be empty. */
export type TemplateOption = OptionPiece[];

/** What a template is made of. A group is a variable, with or without a name. */
export type TemplatePart =
  | ({ kind: 'text'; text: string } & Place)
  | ({ kind: 'group'; name: string | null; options: TemplateOption[] } & Place)
  | ({ kind: 'again'; name: string } & Place);

/** Why a template can't be run. `values` are for its sentence. */
export interface TemplateProblem extends Place {
  reason:
    | 'unclosed'
    | 'unopened'
    | 'one_option'
    | 'unknown_name'
    | 'two_lists'
    | 'named_inside'
    | 'ambiguous_name'
    | 'unequal_links'
    | 'circular'
    | 'too_deep'
    | 'too_many_values'
    | 'too_many_variables'
    | 'too_long';
  values: Record<string, string | number>;
  /** The signs that become text if the whole is to be taken as text; empty: it can't be. */
  signs: number[];
}

/** A template after reading. A group that has a problem stands in it as text. */
export interface ReadTemplate {
  parts: TemplatePart[];
  problems: TemplateProblem[];
}

/** Groups inside groups, the outer one counted. */
export const maxDepth = 5;
/** The most UTF-16 units of a template, and of what it can stand for. */
export const maxTemplateLength = 200_000;
// More of them would not be read; the first ones are mended first.
const maxProblems = 20;

/**
 * Reads a template by its grammar:
 *
 *     template = { text | escape | group }
 *     group    = "{" ( choice | named | again ) "}"
 *     choice   = option "|" option { "|" option }
 *     named    = name ":" option { "|" option }      outside groups only
 *     again    = name
 *     option   = { text | escape | choice-group | again-group }
 *
 * Outside groups `|` and `:` are text. Never throws; takes linear time. Names are not looked up here.
 * @param isText whether the whole is text, whatever its signs
 */
export function readTemplate(template: string, { isText = false } = {}): ReadTemplate {
  const isLong = template.length > maxTemplateLength;
  if (isText || isLong) {
    const place = { start: 0, end: template.length };
    const values = { max: maxTemplateLength };
    return {
      parts: template === '' ? [] : [{ kind: 'text', text: template, ...place }],
      problems: isLong ? [{ reason: 'too_long', values, signs: [], ...place }] : [],
    };
  }
  const tokens = tokensOf(template);
  const reader: Reader = { template, tokens, partners: matchBraces(tokens), problems: [] };
  const parts: TemplatePart[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const partner = reader.partners[at] ?? -1;
    if (partner > at) {
      const group = readGroup(reader, at, 1);
      if (group) parts.push(group);
      else addText(parts, sourceText(reader, at, partner));
      at = partner;
    } else {
      if (isBrace(token)) sayAlone(reader, token);
      addText(parts, token);
    }
  }
  return { parts, problems: reader.problems.sort((one, other) => one.start - other.start) };
}

/** A template in its plainest spelling, which reads the same. */
export function printTemplate(parts: readonly TemplatePart[]): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return escapeText(part.text);
      if (part.kind === 'again') return `{${part.name}}`;
      return `{${part.name === null ? '' : `${part.name}:`}${printOptions(part.options)}}`;
    })
    .join('');
}

/** The options of a group as the template has them, between its braces. */
export function printOptions(options: readonly TemplateOption[]): string {
  return options.map((option) => option.map(printPiece).join('')).join('|');
}

function printPiece(piece: OptionPiece): string {
  if (piece.kind === 'text') return escapeText(piece.text);
  return piece.kind === 'again' ? `{${piece.name}}` : `{${printOptions(piece.options)}}`;
}

/** The template with what a problem complains of taken as text. */
export function takenAsText(template: string, { signs }: Pick<TemplateProblem, 'signs'>): string {
  const cuts = [0, ...[...signs].sort((one, other) => one - other), template.length];
  return cuts
    .slice(1)
    .map((cut, index) => template.slice(cuts[index], cut))
    .join('\\');
}

interface Reader {
  template: string;
  tokens: readonly Token[];
  partners: readonly number[];
  problems: TemplateProblem[];
}

function say(
  { problems }: Reader,
  reason: TemplateProblem['reason'],
  { start, end, signs = [], values = {} }: Place & Partial<TemplateProblem>,
): undefined {
  if (problems.length < maxProblems) problems.push({ reason, start, end, signs, values });
}

function sayAlone(reader: Reader, { kind, start, end }: Token) {
  say(reader, kind === 'open' ? 'unclosed' : 'unopened', { start, end, signs: [start] });
}

/** @returns undefined if it has a problem, which was said. */
function readGroup(
  reader: Reader,
  open: number,
  depth: number,
): Exclude<TemplatePart, { kind: 'text' }> | undefined {
  const { tokens, partners } = reader;
  const close = partners[open] ?? -1;
  const place = placeOf(reader, open, close);
  const ends = [place.start, place.end - 1];
  if (depth > maxDepth) {
    return say(reader, 'too_deep', {
      ...place,
      signs: signsIn(reader, open, close),
      values: { max: maxDepth },
    });
  }
  const cuts = [open, ...barsIn(reader, open, close), close];
  const inner = reader.template.slice(place.start + 1, place.end - 1);
  const name = nameAt(reader, open, cuts[1] ?? close);
  const again = close === open + 2 && tokens[open + 1]?.kind === 'text' && readName(inner);
  if (again) return { kind: 'again', name: again, ...place };
  if (cuts.length === 2) {
    return say(reader, 'one_option', { ...place, signs: ends, values: { value: inner.trim() } });
  }
  if (name && depth > 1) {
    const signs = signsIn(reader, open, close);
    return say(reader, 'named_inside', { ...place, signs, values: { name: name.name } });
  }
  const alike = name
    ? cuts.slice(1, -1).flatMap((bar, index) => nameAt(reader, bar, cuts[index + 2] ?? close) ?? [])
    : [];
  if (name && alike[0]) {
    const signs = [name, ...alike].map(({ colon }) => tokens[colon]?.start ?? 0);
    return say(reader, 'ambiguous_name', {
      ...place,
      signs,
      values: { name: name.name, other: alike[0].name },
    });
  }
  const before = reader.problems.length;
  const options = cuts.slice(1).map((to, index) => {
    const from = index === 0 && name ? name.colon : (cuts[index] ?? open);
    return readOption(reader, { from: from + 1, to, depth });
  });
  if (reader.problems.length > before) return undefined;
  return { kind: 'group', name: name?.name ?? null, options, ...place };
}

function readOption(
  reader: Reader,
  { from, to, depth }: { from: number; to: number; depth: number },
): TemplateOption {
  const pieces: OptionPiece[] = [];
  for (let at = from; at < to; at++) {
    const token = reader.tokens[at] as Token;
    const partner = reader.partners[at] ?? -1;
    if (partner > at) {
      const group = readGroup(reader, at, depth + 1);
      if (group?.kind === 'again') pieces.push(group);
      else if (group) pieces.push({ kind: 'choice', options: group.options });
      at = partner;
    } else {
      if (isBrace(token)) sayAlone(reader, token);
      const last = pieces.at(-1);
      if (last?.kind === 'text') last.text += token.text;
      else pieces.push({ kind: 'text', text: token.text });
    }
  }
  return trimmed(pieces);
}

function trimmed(pieces: TemplateOption): TemplateOption {
  const [first] = pieces;
  const last = pieces.at(-1);
  if (first?.kind === 'text') first.text = first.text.trimStart();
  if (last?.kind === 'text') last.text = last.text.trimEnd();
  return pieces.filter((piece) => piece.kind !== 'text' || piece.text !== '');
}

/** The bars between a group's own options. */
function barsIn({ tokens, partners }: Reader, open: number, close: number): number[] {
  const bars: number[] = [];
  for (let at = open + 1; at < close; at++) {
    const partner = partners[at] ?? -1;
    if (partner > at) at = partner;
    else if (tokens[at]?.kind === 'bar') bars.push(at);
  }
  return bars;
}

/** The name and colon with which an option begins after a brace or bar. */
function nameAt({ tokens }: Reader, before: number, end: number) {
  const [text, colon] = [tokens[before + 1], tokens[before + 2]];
  if (before + 2 >= end || text?.kind !== 'text' || colon?.kind !== 'colon') return undefined;
  const name = readName(text.text);
  return name === undefined ? undefined : { name, colon: before + 2 };
}

function signsIn({ tokens }: Reader, open: number, close: number): number[] {
  return tokens
    .slice(open, close + 1)
    .filter(({ kind }) => kind !== 'text')
    .map(({ start }) => start);
}

function placeOf({ tokens }: Reader, open: number, close: number): Place {
  return { start: tokens[open]?.start ?? 0, end: tokens[close]?.end ?? 0 };
}

function isBrace({ kind }: Token): boolean {
  return kind === 'open' || kind === 'close';
}

function sourceText(reader: Reader, open: number, close: number): Token {
  const place = placeOf(reader, open, close);
  return { kind: 'text', text: reader.template.slice(place.start, place.end), ...place };
}

function addText(parts: TemplatePart[], { text, start, end }: Token) {
  const last = parts.at(-1);
  if (last?.kind !== 'text') {
    parts.push({ kind: 'text', text, start, end });
    return;
  }
  last.text += text;
  last.end = end;
}
