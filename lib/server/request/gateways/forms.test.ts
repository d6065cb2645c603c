import { describe, expect, it } from 'vitest';
import { boundaryOf } from '../../../core/bytes/media-type';
import { createMultipartScanner } from '../../../core/bytes/multipart-scan';
import type { UploadFacts } from '../inspect-request';
import { clientForms, type SentForm } from './form-parts.setup';
import { oddForms } from './odd-forms.setup';
import type { ReadPart, SentBody } from './parsers.setup';
import { passBody } from './pass-body.setup';
import { parserNames, readForms } from './read-forms.setup';

// What was checked is what a gateway reads, whichever parser it has.

/** The parts of a form as the server's own reader sees them, which is how they were checked. */
function partsOf({ contentType, bytes }: SentBody): ReadPart[] {
  const parts: ReadPart[] = [];
  const scanner = createMultipartScanner(boundaryOf(contentType) ?? '', {
    open: ({ name, isFile }) => parts.push({ kind: isFile ? 'file' : 'text', name, hex: '' }),
    data(slice) {
      const part = parts.at(-1);
      if (part) part.hex += Buffer.from(slice).toString('hex');
    },
    close() {},
  });
  scanner.write(bytes);
  scanner.end();
  return parts;
}

const checkedTexts = (facts: UploadFacts, user: string | undefined) => [
  ...(user === undefined ? [] : [{ name: 'user', value: user }]),
  ...facts.texts,
];
const textsIn = (parts: ReadPart[]) =>
  parts
    .filter(({ kind }) => kind === 'text')
    .map(({ name, hex }) => ({ name, value: Buffer.from(hex, 'hex').toString() }));

/** Parts as lines, those of one name in their order: parsers give texts and files apart. */
const listed = (parts: ReadPart[]) =>
  parts
    .map(({ kind, name, hex }, index) => ({ line: `${kind} ${name} ${hex}`, name, index }))
    .sort((one, other) =>
      one.name === other.name ? one.index - other.index : one.name < other.name ? -1 : 1,
    )
    .map(({ line }) => line);

/** Sends forms and has what passed read by every parser. */
async function compare(forms: SentForm[], user: string | undefined) {
  const passages = await Promise.all(
    forms.map(async ({ what, contentType, body }) => {
      const bytes = Buffer.from(body, 'latin1');
      return { what, ...(await passBody({ endpoint: 'edits', contentType, bytes, user })) };
    }),
  );
  const refused = passages.flatMap((passage) => ('refused' in passage ? [passage] : []));
  const passed = passages.flatMap((passage) =>
    'sent' in passage ? [{ ...passage, parts: partsOf(passage.sent) }] : [],
  );
  const readings = await readForms(passed.map(({ sent }) => sent));
  const different: string[] = [];
  const refusals: string[] = [];
  for (const [index, { what, parts }] of passed.entries()) {
    for (const [parser, read] of Object.entries(readings[index] ?? {})) {
      const at = `${parser}: ${what}`;
      if (read === null) refusals.push(at);
      else if (listed(read).join('\n') !== listed(parts).join('\n')) different.push(at);
    }
  }
  return { passed, refused, different, refusals };
}

const names = await parserNames();

describe.each([undefined, 'Ann'])(`forms, by ${names.join(', ')}, with the user %j`, (user) => {
  it('as clients write them pass, and are read as they were checked', async () => {
    const { passed, refused, different, refusals } = await compare(clientForms, user);
    expect(refused).toEqual([]);
    expect(different).toEqual([]);
    // Node 20's takes no name without quotes.
    expect(refusals.filter((at) => at !== 'node: .NET')).toEqual([]);
    for (const { parts, facts } of passed) {
      expect(textsIn(parts)).toEqual(checkedTexts(facts, user));
    }
  });

  it('that are odd are read as they were checked, or refused before their last byte', async () => {
    const { passed, refused, different } = await compare(oddForms, user);
    expect(different).toEqual([]);
    for (const { parts, facts } of passed) {
      expect(textsIn(parts)).toEqual(checkedTexts(facts, user));
    }
    for (const { reachedBytes, announcedBytes } of refused) {
      expect(reachedBytes).toBeLessThan(announcedBytes);
    }
    // Neither side is empty.
    expect(passed.length).toBeGreaterThan(100);
    expect(refused.length).toBeGreaterThan(900);
  });
});
