import { describe, expect, it } from 'vitest';
import { inspectEventAnswer } from './inspect-answer';

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const said = (text: string) => event({ choices: [{ delta: { content: text } }] });
const failed = event({ error: { message: 'Overloaded' } });

/** What passes of a stream, and how it ends. */
function inspect(stream: string, size = 1e9) {
  const inspector = inspectEventAnswer();
  const bytes = Buffer.from(stream);
  const out: Uint8Array[] = [];
  let wasPromising: boolean | undefined;
  try {
    for (let at = 0; at < bytes.length && !inspector.over; at += size) {
      out.push(inspector.write(bytes.subarray(at, at + size)));
      wasPromising ??= inspector.promising || undefined;
    }
    const passed = Buffer.concat(out).toString();
    return { passed, wasPromising: wasPromising ?? false, error: inspector.end()?.message };
  } catch (error) {
    return { thrown: (error as Error).message };
  }
}
const sizes = [1, 7, 1e9];

describe('a stream of events', () => {
  it.each(sizes)('passes as it came, words that are no JSON too, in pieces of %i', (size) => {
    const stream = `\ufeff: it's "open\r\n\r\ndata: hello "there\n\n${said('a')}data: [1,\n\ndata: [DONE]\n\n`;
    expect(inspect(stream, size)).toEqual({ passed: stream, wasPromising: true, error: undefined });
  });

  it.each(sizes)('ends with its error event, whatever follows, in pieces of %i', (size) => {
    const inspected = inspect(`${said('a')}${failed}data: [DONE]\n\n`, size);
    expect(inspected.error).toMatch(/it is an error: Overloaded/);
    expect(inspected.passed?.trimEnd()).toBe(`${said('a')}${failed}`.trimEnd());
    expect(inspect(failed, size).thrown).toMatch(/Overloaded/);
  });

  it.each([
    ['data: {"choi', /middle of an event/],
    ['data: {"choices":[]}\ndata: x', /middle of an event/],
    ['data', /middle of an event/],
    ['dat', /without content/],
    ['event: x\n', /without content/],
    ['data: [DONE]\n\n', /without content/],
    [': ping\n\n', /without content/],
    [`{"choices":[{}]}`, /without content/],
  ])('that is not whole is no answer: %j', (end, words) => {
    for (const size of sizes) expect(inspect(end, size).thrown).toMatch(words);
  });

  it('may lack its last blank line, and [DONE]', () => {
    for (const end of ['', '\n', '\r\n']) {
      expect(inspect(said('a').trimEnd() + end).error).toBeUndefined();
    }
  });

  it('is a sign of life by its comments, which are no answer', () => {
    const inspector = inspectEventAnswer();
    inspector.write(Buffer.from(': ping\n'));
    expect(inspector.promising).toBe(true);
  });

  it('may have a line without an end: strings are passed over, the rest is bounded', () => {
    const piece = Buffer.alloc(2 ** 20, 'A');
    const inspector = inspectEventAnswer();
    inspector.write(Buffer.from('data: {"choices":[{"delta":{"content":"'));
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < 100; count++) inspector.write(piece);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(40 * 2 ** 20);
    inspector.write(Buffer.from('"}}]}\n\n'));
    expect(inspector.end()).toBeUndefined();

    const bare = inspectEventAnswer();
    bare.write(Buffer.from('data: '));
    expect(() => {
      for (let count = 0; count < 100; count++) bare.write(piece);
    }).toThrow(/longer than \d+ characters/);
  });
});
