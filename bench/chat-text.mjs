import { chromium } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';
import { startWithUpstream } from './servers.mjs';
import { forget, noted, watch } from './watch.mjs';

const ports = { upstream: 4218, app: 3218 };
const kinds = ['prose', 'code', 'list', 'nested', 'table'];

/** An answer of 400 KB of text of several kinds: while it comes, and when the page is opened again. */
export async function benchChatText() {
  await startWithUpstream('bench/chat-text-upstream.mjs', {
    ports,
    dataDir: 'bench/results/chat-text-spool',
  });
  const browser = await chromium.launch({
    executablePath: findBrowser({ isWhole: true }),
    args: ['--enable-precise-memory-info'],
  });
  const tasks = [];
  try {
    for (const kind of kinds) tasks.push({ kind, ...(await readAnswer(browser, kind)) });
  } finally {
    await browser.close();
  }
  const worst = Math.max(...tasks.flatMap(({ coming, again }) => [coming, again]));
  const said = tasks.map(({ kind, coming, again }) => {
    return `${kind} ${coming.toFixed(0)} and ${again.toFixed(0)}`;
  });
  return [
    {
      figure: 'chat, an answer of 400 KB of text: longest main-thread task',
      value: `${worst.toFixed(0)} ms`,
      aim: '≤ 50 ms',
      detail: `while it comes, and opened again: ${said.join(', ')}; 0: none over 50 ms was seen`,
    },
  ];
}

async function readAnswer(browser, kind) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await watch(page);
  await page.goto(`http://localhost:${ports.app}/chat`);
  // What reads Markdown is loaded with the first answer.
  await say(page, 'hello');
  await forget(page);
  await say(page, kind);
  const end = await page.evaluate(textLength);
  if (end < 300 * 1024) throw new Error(`Of ${kind} only ${end} characters are shown.`);
  const { longestTaskMs: coming } = await noted(page);
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=message]').length === 4);
  await forget(page);
  await page.evaluate(textLength);
  const { longestTaskMs: again } = await noted(page);
  await context.close();
  return { coming, again };
}

async function say(page, text) {
  await page.getByTestId('composer').fill(text);
  await page.getByTestId('send').click();
  await page.getByTestId('stop').waitFor();
  await page.getByTestId('send').waitFor({ timeout: 60_000 });
}

/** How long the text of the last answer is once it grows no more. */
async function textLength() {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 1000));
  const now = () =>
    [...document.querySelectorAll('[data-testid=message]')].at(-1).textContent.length;
  let before = -1;
  for (let length = now(); length !== before; length = now()) {
    before = length;
    await pause();
  }
  return before;
}
