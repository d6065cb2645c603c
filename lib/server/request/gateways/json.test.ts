import { describe, expect, it } from 'vitest';
import { LongString } from '../../../core/bytes/json-stream';
import { oddJson } from './odd-json.setup';
import { jsonParsers } from './parsers.setup';
import { passBody } from './pass-body.setup';

// What was checked is what a gateway reads, whichever parser of JSON it has.

/** A value as it can be compared: a long string by its length, half a character as what it becomes. */
function comparable(value: unknown): unknown {
  if (value instanceof LongString) return `${value.byteLength} bytes`;
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return bytes.length > 16_384 ? `${bytes.length} bytes` : bytes.toString();
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(comparable);
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, item]) => [name, comparable(item)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

describe.each([undefined, 'Ann'])(
  `JSON, by ${Object.keys(jsonParsers).join(', ')}, with the user %j`,
  (user) => {
    it('that is odd is read as it was checked, or refused before its last byte', async () => {
      let passed = 0;
      let refused = 0;
      for (const { what, ...json } of oddJson) {
        const passage = await passBody({ ...json, user });
        if ('refused' in passage) {
          refused++;
          expect(passage.reachedBytes).toBeLessThan(passage.announcedBytes);
          continue;
        }
        passed++;
        const { sent, facts } = passage;
        const checked = { ...facts.request } as Record<string, unknown>;
        if (user !== undefined) {
          if ('safety_identifier' in checked && sent.bytes.length < 1024 ** 2)
            checked.safety_identifier = user;
          else delete checked.safety_identifier;
          checked.user = user;
        }
        for (const [parser, parse] of Object.entries(jsonParsers)) {
          expect([parser, what, comparable(await parse(sent))]).toEqual([
            parser,
            what,
            comparable(checked),
          ]);
        }
      }
      // Neither side is empty.
      expect(passed).toBeGreaterThan(50);
      expect(refused).toBeGreaterThan(200);
    });
  },
);
