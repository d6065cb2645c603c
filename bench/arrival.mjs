import { chromium } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';
import { quantile } from './processes.mjs';
import { startWithUpstream } from './servers.mjs';

const ports = { upstream: 4217, app: 3217 };
const bareUrl = `http://localhost:${ports.upstream}/bare`;
const rounds = 4;
const runsARound = 10;
const together = 4;
const keyEveryMs = 60;

/**
 * A picture of 1 MB from the gateway's last byte to the screen, and keys typed into the prompt while
 * four 4K pictures arrive; beside a bare page that fetches the same bytes.
 */
export async function benchArrival() {
  await startWithUpstream('bench/arrival-upstream.mjs', {
    ports,
    dataDir: 'bench/results/arrival',
  });
  const late = { app: [], bare: [] };
  const keys = { app: [], bare: [] };
  // In turns, so that what else goes on strikes both alike.
  for (let round = 0; round < rounds; round++) {
    late.app.push(...(await visit(openApp, (page) => showPictures(page, runInApp, round))));
    late.bare.push(...(await visit(openBare, (page) => showPictures(page, runInBare, round))));
    keys.app.push(...(await visit(openApp, (page) => typeMeanwhile(page, startInApp))));
    keys.bare.push(...(await visit(openBare, (page) => typeMeanwhile(page, startInBare))));
  }
  return [
    {
      figure: 'page, from the gateway’s last byte to a picture of 1 MB on the screen, p95',
      value: `${quantile(late.app, 0.95).toFixed(0)} ms`,
      aim: '≤ 100 ms',
      detail: `p50 ${quantile(late.app, 0.5).toFixed(0)} ms of ${late.app.length}; ${bareOf(late.bare)}`,
    },
    {
      figure: 'page, a key typed while four 4K pictures arrive, to its paint, p95',
      value: `${p95Of(keys.app, 'tookMs')} ms`,
      aim: '≤ 50 ms',
      detail: `of ${keys.app.length} keys ${partsOf(keys.app)}; bare page, which takes the four out of their answers in a worker and shows them: ${p95Of(keys.bare, 'tookMs')} ms, of ${keys.bare.length} ${partsOf(keys.bare)}`,
    },
  ];
}

function bareOf(values) {
  return `bare page: p50 ${quantile(values, 0.5).toFixed(0)} ms, p95 ${quantile(values, 0.95).toFixed(0)} ms`;
}

function p95Of(keys, part) {
  return quantile(
    keys.map((key) => key[part]),
    0.95,
  ).toFixed(0);
}

/** What a key's time is made of. What it waited before it was an event is not the page's, and not in it. */
function partsOf(keys) {
  const p50 = quantile(
    keys.map(({ tookMs }) => tookMs),
    0.5,
  ).toFixed(0);
  const p95 = (part) => p95Of(keys, part);
  return `p50 ${p50}; p95 until the page takes it ${p95('delayMs')}, handlers ${p95('handledMs')}, from there to the paint ${p95('paintMs')}; before it was an event ${p95('sentMs')}`;
}

async function visit(open, measure) {
  const browser = await chromium.launch({ executablePath: findBrowser({ isWhole: true }) });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(noteKeys);
    await open(page);
    return await measure(page);
  } finally {
    await browser.close();
  }
}

async function openApp(page) {
  await page.goto(`http://localhost:${ports.app}/`);
  await page.getByTestId('prompt').fill('small');
}

const openBare = (page) => page.goto(bareUrl);

async function runInApp(page, prompt) {
  await page.getByTestId('prompt').fill(prompt);
  await page.getByTestId('submit').click();
}

async function runInBare(page, prompt) {
  // Not awaited: it is shown later.
  await page.evaluate(async (said) => {
    const body = JSON.stringify({ prompt: said });
    void fetch('/', { method: 'POST', body }).then(async (response) => {
      const { data } = await response.json();
      const image = document.createElement('img');
      image.dataset.testid = 'result-image';
      image.src = `data:image/png;base64,${data[0].b64_json}`;
      document.body.prepend(image);
    });
  }, prompt);
}

/** How long after the upstream's last byte each of some pictures was seen, in ms. */
async function showPictures(page, run, round) {
  const late = [];
  for (let count = 1; count <= runsARound; count++) {
    // Every phase of whatever asks at intervals is met.
    await run(page, `small ${900 + (((round * runsARound + count) * 137) % 1000)}`);
    const shownAt = await page.evaluate(untilShown, count);
    const { lastByte } = await (await fetch(`http://127.0.0.1:${ports.upstream}/`)).json();
    late.push(shownAt - lastByte);
  }
  return late;
}

/** The moment when so many pictures are on the screen, on the clock of all processes. */
async function untilShown(count) {
  const pictures = () => [...document.querySelectorAll('img[data-testid=result-image]')];
  // Asking at each frame would make the page draw more frames than it does.
  await new Promise((resolve) => {
    const look = () => {
      if (pictures().length >= count) resolve();
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    look();
  });
  // The newest is the first. It fails where another file takes the place of the one that is decoded.
  const isDecoded = () =>
    pictures()[0]
      .decode()
      .then(
        () => true,
        () => false,
      );
  while (!(await isDecoded()));
  await new Promise((resolve) => requestAnimationFrame(resolve));
  // A frame's callbacks come before its paint, a message after it.
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
  return performance.timeOrigin + performance.now();
}

async function startInApp(page) {
  for (let count = 0; count < together; count++) await runInApp(page, 'large');
}

/** What the app does at least: text becomes a file beside the page, and the file an image of the same size. */
async function startInBare(page) {
  await page.evaluate((count) => {
    const read = async ({ data: url }) => {
      const answer = await fetch(url, { method: 'POST', body: '{"prompt":"large"}' });
      const { data } = await answer.json();
      postMessage(new Blob([Uint8Array.fromBase64(data[0].b64_json)], { type: 'image/png' }));
    };
    const script = URL.createObjectURL(new Blob([`onmessage = ${read}`]));
    const show = ({ data }) => {
      const src = URL.createObjectURL(data);
      document.body.append(
        Object.assign(new Image(960), { src, className: 'here', decoding: 'async' }),
      );
    };
    for (let started = 0; started < count; started++) {
      const worker = new Worker(script);
      worker.onmessage = show;
      worker.postMessage(location.origin);
    }
  }, together);
}

/** How long each key took that was typed while the pictures arrived. */
async function typeMeanwhile(page, startAll) {
  const box = page.locator('textarea').first();
  const client = await page.context().newCDPSession(page);
  await startAll(page);
  await box.focus();
  const sent = [];
  // Not after one another, or a page that is busy would be asked less often.
  const timer = setInterval(() => {
    sent.push(performance.timeOrigin + performance.now());
    const key = { key: 'a', code: 'KeyA', text: 'a', windowsVirtualKeyCode: 65 };
    void client.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key }).catch(() => {});
    void client.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }).catch(() => {});
  }, keyEveryMs);
  try {
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-testid=result-image], .here').length === count,
      together,
      { timeout: 60_000 },
    );
    await page.waitForTimeout(500);
  } finally {
    clearInterval(timer);
  }
  const { firstByte } = await (await fetch(`http://127.0.0.1:${ports.upstream}/`)).json();
  const keys = await page.evaluate(() => window.keys);
  return keys
    .map((key, index) => ({ ...key, sentMs: key.at - sent[index] }))
    .filter(({ at }) => at >= firstByte - 100);
}

/**
 * Notes each key: when it came, when its handlers ran, and when the frame that shows it was on the screen. The
 * browser tells that itself, to 8 ms. A message that is sent once the frame is made is no measure: where the page
 * is busy, the keys that come next go before it.
 */
function noteKeys() {
  window.keys = [];
  // Faster ones are not told of, and count as this.
  const toldFromMs = 16;
  const note = ({ timeStamp }) => {
    const at = performance.timeOrigin + timeStamp;
    const untold = { delayMs: 0, handledMs: 0, paintMs: toldFromMs, tookMs: toldFromMs };
    window.keys.push({ timeStamp, at, ...untold });
  };
  const tell = ({ startTime, processingStart, processingEnd, duration }) => {
    const key = window.keys.find(({ timeStamp }) => Math.abs(timeStamp - startTime) < 1);
    if (!key) return;
    key.delayMs = processingStart - startTime;
    key.handledMs = processingEnd - processingStart;
    key.paintMs = Math.max(0, startTime + duration - processingEnd);
    key.tookMs = duration;
  };
  // The text changes, and React renders, while this event is handled.
  addEventListener('keypress', note, true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'keypress') tell(entry);
  }).observe({ type: 'event', durationThreshold: toldFromMs });
}
