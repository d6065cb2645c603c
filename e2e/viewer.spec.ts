import { expect, type Page, test } from '@playwright/test';
import { violations } from './axe';
import { openChat } from './chat-page';

// The full view: it goes from run to run, tells what was asked for, and what can be done next.

const viewerOf = (page: Page) => page.getByRole('dialog', { name: 'Picture viewer' });

async function generate(page: Page, prompt: string, count: number) {
  await page.getByTestId('count').fill(String(count));
  await page.getByTestId('prompt').fill(prompt);
  const before = await page.getByTestId('run-card').count();
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('run-card')).toHaveCount(before + 1);
  await expect(page.getByTestId('stop')).toHaveCount(0);
}

test('goes on to the next run, with its prompt and the same actions on every page', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page.getByTestId('submit')).toBeEnabled();
  await generate(page, 'the older run', 2);
  // Nothing to look at in between.
  await page.getByTestId('prompt').fill('[server-error] refused');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('problem')).toBeVisible();
  await generate(page, `the newest run, ${'with many words '.repeat(60)}`, 1);
  const viewer = viewerOf(page);
  const actions = viewer.getByRole('button', { name: /^(Edit|Chat)/ });
  await page
    .getByRole('button', { name: /^View large/ })
    .first()
    .click();
  await expect(viewer).toContainText('Run 1 of 3');
  await expect(actions).toHaveText(['Edit', 'Chat']);
  await viewer.getByRole('button', { name: 'Whole prompt' }).click();
  await expect(viewer.getByRole('button', { name: 'Shorter' })).toBeVisible();
  await expect(viewer.getByText(/^the newest run/)).toHaveCSS('white-space', 'pre-wrap');

  await page.keyboard.press('ArrowRight');
  await expect(viewer).toContainText('1 of 2 · run 3 of 3');
  await expect(viewer.getByText('the older run', { exact: true })).toBeVisible();
  await page.keyboard.press('End');
  await expect(viewer).toContainText('2 of 2 · run 3 of 3');
  await expect(viewer.getByRole('button', { name: 'Next picture' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(viewer).toContainText('Run 1 of 3');
  await viewer.getByRole('button', { name: 'Next picture' }).click();
  await expect(viewer).toContainText('1 of 2 · run 3 of 3');
  await page.keyboard.press('i');
  const details = viewer.getByRole('complementary', { name: 'Details' });
  await expect(details).toContainText('Status200');
  await expect(details).toContainText('First picture');
  await expect(details).toContainText('Content Credentialsnone');
  await details.getByText('Raw', { exact: true }).click();
  await expect(details).toContainText('"prompt": "the older run"');
  await expect(details).toContainText(/"b64_json":"\S{32}<\d+ characters>"/);
  expect(await violations(page)).toEqual([]);
  await viewer.getByRole('button', { name: 'Details' }).click();
  await expect(details).toBeHidden();
  await page.keyboard.press('Escape');
  // The list stands where the view was.
  await expect(page.getByRole('article', { name: 'the older run' })).toBeFocused();

  const chat = await openChat(page);
  await chat.ask('A lighthouse at dusk');
  await page
    .getByRole('button', { name: /^View large/ })
    .last()
    .click();
  await expect(actions).toHaveText(['Edit', 'Chat']);
  await expect(viewer.getByText('A lighthouse at dusk', { exact: true })).toBeVisible();
  await actions.first().click();
  await expect(page.getByTestId('ref-thumb')).toHaveCount(1);
});

test('two fingers zoom, also where one of them is on a button', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByTestId('submit')).toBeEnabled();
  await generate(page, 'pinched', 2);
  await page
    .getByRole('button', { name: /^View large/ })
    .first()
    .click();
  const viewer = viewerOf(page);
  const picture = viewer.getByRole('img');
  const width = async () => (await picture.boundingBox())?.width ?? 0;
  await expect.poll(width).toBeGreaterThan(0);
  const before = await width();
  const next = await viewer.getByRole('button', { name: 'Next picture' }).boundingBox();
  if (!next) throw new Error('There is no such button.');
  const touch = await page.context().newCDPSession(page);
  const [x, y] = [next.x + next.width / 2, next.y + next.height / 2];
  const fingers = (apart: number) => [
    { x, y, id: 1 },
    { x: x - apart, y: y + 40, id: 2 },
  ];
  const send = (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    touchPoints: { x: number; y: number; id: number }[],
  ) => touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', fingers(80).slice(0, 1));
  await send('touchStart', fingers(80));
  for (const apart of [120, 160, 200, 240]) await send('touchMove', fingers(apart));
  await send('touchEnd', []);
  await expect.poll(width).toBeGreaterThan(before * 1.5);
  await expect(viewer).toContainText('1 of 2');

  // The middle button moves the picture, and pastes nothing where it is released.
  await page.evaluate(() => {
    document.addEventListener('paste', () => document.body.setAttribute('data-pasted', ''));
  });
  const left = async () => (await picture.boundingBox())?.x ?? 0;
  const start = await left();
  await page.mouse.move(640, 300);
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(670, 300);
  await page.mouse.up({ button: 'middle' });
  await expect.poll(left).toBeCloseTo(start + 30, 0);
  await expect(page.locator('body')).not.toHaveAttribute('data-pasted');
});
