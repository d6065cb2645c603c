import { randomUUID } from 'node:crypto';
import { exchange } from './exchange.mjs';
import { collectLags } from './lags.mjs';
import { median, othersShare, quantile } from './processes.mjs';
import { lastLeftAt } from './servers.mjs';
import { removeRun, startRun } from './through-run.mjs';

const path = '/api/v1/chat/completions';
const cookie = `visitor=${randomUUID()}`;
const events = JSON.stringify({
  model: 'turing/gemini-3-pro-image',
  stream: true,
  messages: [{ role: 'user', content: 'bench' }],
});
const ms = (value) => `${value.toFixed(1)} ms`;

/** How far servers of one database are behind each other. @param ports of two: `one`, which has the runs, and `other` */
export async function benchLag(ports) {
  return [await measureLag(ports), await measureCancel(ports)];
}

/** How much later events arrive that say when they were sent; all clocks are that of this machine. */
async function measureLag(ports) {
  const lags = { one: [], other: [] };
  const others = othersShare();
  for (let round = 0; round < 5; round++) {
    const location = await startRun({ port: ports.one, cookie, path, body: events });
    await Promise.all(
      ['one', 'other'].map((name) => {
        const port = ports[name];
        const onData = collectLags(lags[name]);
        const headers = { cookie };
        return answerOf({ port, path: `${location}/answer`, method: 'GET', headers, onData });
      }),
    );
  }
  const said = (name) =>
    `p50 ${ms(median(lags[name]))}, p95 ${ms(quantile(lags[name], 0.95))}, most ${ms(Math.max(...lags[name]))}`;
  return {
    figure: 'a reader at another server is behind the gateway, p95',
    value: ms(quantile(lags.other, 0.95)),
    aim: '≤ 300 ms',
    detail: `${said('other')}; at its own server ${said('one')}; ${lags.other.length} events 15 ms apart, others took ${Math.round(100 * others())} %`,
  };
}

/** An answer that may not have begun yet. */
async function answerOf(asked) {
  for (;;) {
    try {
      return await exchange(asked);
    } catch (error) {
      if (!error.message.endsWith(': 202')) throw error;
    }
  }
}

/** How soon the gateway is left by a run that is cancelled at another server. */
async function measureCancel(ports) {
  const times = [];
  for (let count = 0; count < 20; count++) {
    const run = { cookie, path, body: events };
    const location = await startRun({ port: ports.one, ...run });
    const asked = performance.timeOrigin + performance.now();
    await removeRun({ port: ports.other, cookie, location });
    let left = 0;
    while (left < asked) left = await lastLeftAt();
    times.push(left - asked);
  }
  return {
    figure: 'cancelled at another server: until the gateway’s connection ends, p50',
    value: ms(median(times)),
    aim: '≤ 2000 ms',
    detail: `most ${ms(Math.max(...times))}, ${times.length} runs`,
  };
}
