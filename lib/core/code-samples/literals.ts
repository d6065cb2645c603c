import { FileText, type SampleValue } from './sent-request';

/** How a language writes data. */
export interface Notation {
  words: { true: string; false: string; null: string };
  /** The name of a member as it stands before its colon. */
  member(name: string): string;
  /** The expression of a file's base64. */
  fileText(text: FileText): string;
  /** How far each level is indented. */
  indent: string;
  /** Whether a comma stands after the last of several lines too. */
  hasLastComma: boolean;
}

/** Texts are written as JSON in each language: all three read the same escapes. */
export const jsonNotation: Notation = {
  words: { true: 'true', false: 'false', null: 'null' },
  member: (name) => JSON.stringify(name),
  fileText: ({ file, writing }) => JSON.stringify(`${writing.prefix}<${file.name}>`),
  indent: '  ',
  hasLastComma: false,
};

export const pythonNotation: Notation = {
  words: { true: 'True', false: 'False', null: 'None' },
  member: jsonNotation.member,
  fileText: (text) => `file_text(${textArguments(text, pythonNotation)})`,
  indent: '    ',
  hasLastComma: true,
};

export const typescriptNotation: Notation = {
  ...jsonNotation,
  member: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)),
  fileText: (text) => `await fileText(${textArguments(text, typescriptNotation)})`,
  hasLastComma: true,
};

const mostColumns = 88;

/**
 * Writes a value as code: in one line where it fits, else each member on a line of its own.
 * @param indent that of the line in which it begins
 */
export function writeLiteral(value: SampleValue, notation: Notation, indent = ''): string {
  if (value instanceof FileText) return notation.fileText(value);
  if (typeof value === 'boolean' || value === null) {
    return notation.words[`${value}` as keyof Notation['words']];
  }
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = indent + notation.indent;
  const items = Array.isArray(value)
    ? value.map((item) => writeLiteral(item, notation, inner))
    : Object.entries(value).map(
        ([name, item]) => `${notation.member(name)}: ${writeLiteral(item, notation, inner)}`,
      );
  const [before, after] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const line = before + items.join(', ') + after;
  const isShort = indent.length + line.length <= mostColumns && !line.includes('\n');
  // What is read of a file stands on a line of its own.
  if (items.length === 0 || isShort) return line;
  const last = notation.hasLastComma ? ',' : '';
  return `${before}\n${inner}${items.join(`,\n${inner}`)}${last}\n${indent}${after}`;
}

/** The name of the file and its prefix; what is unusual about its base64 follows by name. */
function textArguments({ file, writing }: FileText, notation: Notation): string {
  const { prefix, alphabet, isPadded } = writing;
  const plain = [file.name, prefix].map((text) => JSON.stringify(text));
  const unusual = alphabet === 'base64url' || !isPadded;
  if (!unusual) return plain.join(', ');
  const { words } = notation;
  return [...plain, words[`${alphabet === 'base64url'}`], words[`${isPadded}`]].join(', ');
}
