import { expect, it } from 'vitest';
import { createSilenceWatch } from '../upstream';
import { refusedAnswer } from './error-answer';

it('the words of a refusal that stop coming are said as far as they came', async () => {
  const call = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    call.signal.addEventListener('abort', () => reject(call.signal.reason));
  });
  async function* body() {
    yield Buffer.from('Too many ');
    yield Buffer.from('requests');
    await ended;
  }
  const answer = await refusedAnswer(
    { status: 429, header: () => undefined, body: body() },
    createSilenceWatch(20, (reason) => call.abort(reason)),
    undefined,
  );
  expect(answer).toMatchObject({ status: 429, error: { message: 'Too many requests' } });
});
