import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScrubber, scrubText } from './scrub';

const secret = 'sk-ab/sk-abc/12';
const spellings = [secret, secret.replaceAll('/', '\\/')];
const stars = (text: string) =>
  spellings.reduce((clean, word) => clean.replaceAll(word, '*'.repeat(word.length)), text);

/** What comes out for chunks, and how much came out after each of them. */
function run(chunks: readonly string[], word: string | undefined = secret) {
  const scrubber = createScrubber(word);
  const out: string[] = [];
  for (const chunk of chunks) {
    out.push(Buffer.from(scrubber.write(Buffer.from(chunk, 'latin1'))).toString('latin1'));
  }
  out.push(Buffer.from(scrubber.end()).toString('latin1'));
  return { out, text: out.join('') };
}

describe('a key in a stream', () => {
  it.each(spellings)('%s is overwritten, cut at every byte', (word) => {
    const text = `{"a":"${word}","b":"${word}${word}"}`;
    for (let at = 0; at <= text.length; at++) {
      expect(run([text.slice(0, at), text.slice(at)]).text).toBe(stars(text));
    }
    expect(run([...text]).text).toBe(stars(text));
  });

  it('is found however the stream is cut, and nothing else is changed', () => {
    const piece = fc.constantFrom(...spellings, 'sk-', 'sk-ab/', 'sk-ab\\/', 's', '\\/', '/', 'x');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.array(fc.nat(200), { maxLength: 8 }),
        (pieces, cuts) => {
          const text = pieces.join('');
          const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].sort(
            (one, other) => one - other,
          );
          const chunks = places.slice(1).map((end, index) => text.slice(places[index], end));
          const { text: clean } = run(chunks);
          expect(clean).toHaveLength(text.length);
          for (const word of spellings) expect(clean).not.toContain(word);
          expect(clean.replace(/\*/g, '')).toBe(stars(text).replace(/\*/g, ''));
        },
      ),
    );
  });

  it('is found too if it is made of nothing but what pictures are made of', () => {
    const word = 'aZ09/aZ0';
    for (const spelling of [word, word.replace('/', '\\/')]) {
      const text = `{"a":"${spelling}"}`;
      for (let at = 0; at <= text.length; at++) {
        expect(run([text.slice(0, at), text.slice(at)], word).text).toBe(
          `{"a":"${'*'.repeat(spelling.length)}"}`,
        );
      }
    }
  });

  it('holds back only what could be its beginning', () => {
    const { out } = run(['data: hello\n\n', 'data: sk-a', ' lot\n\n']);
    expect(out).toEqual(['data: hello\n\n', 'data: ', 'sk-a lot\n\n', '']);
  });

  it('that ends in its middle comes out as it is', () => {
    expect(run(['"sk-ab/s']).text).toBe('"sk-ab/s');
  });

  it('is looked for only if there is one', () => {
    const chunk = Buffer.from(secret);
    expect(createScrubber(undefined).write(chunk)).toBe(chunk);
    expect(createScrubber(undefined).end()).toHaveLength(0);
    expect(scrubText(secret, undefined)).toBe(secret);
  });
});

describe('a key in a text', () => {
  it('is overwritten in both spellings', () => {
    const text = `Bearer ${spellings[0]}, "${spellings[1]}"`;
    expect(scrubText(text, secret)).toBe(stars(text));
  });
});
