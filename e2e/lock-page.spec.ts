import { expect, type Page, test } from '@playwright/test';
import { apiKey } from './app-server';
import { looks, violations, wear } from './axe';
import { releaseStep } from './fault-upstream';
import { password, startLocked } from './lock-server';
import { openWithoutScripts } from './without-scripts';

// The sign-in as somebody sees it, and what becomes of a page whose session ends.

let locked: Awaited<ReturnType<typeof startLocked>>;
test.beforeAll(async () => {
  locked = await startLocked();
});
test.afterAll(() => locked.stop());

const signIn = async (page: Page, word = password, name = 'Ann') => {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password').fill(word);
  await page.keyboard.press('Enter');
};

test('the sign-in leads to the page that was asked for, and says who is in', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${locked.app.url}/edit`);
  await expect(page).toHaveTitle('Sign in · Turing Playground');
  await expect(page.getByLabel('Your name')).toHaveAttribute('autocomplete', 'username');
  await expect(page.getByLabel('Password')).toHaveAttribute('autocomplete', 'current-password');

  await signIn(page, 'wrong');
  await expect(page.getByText('Wrong password.')).toBeVisible();
  await expect(page.getByLabel('Password')).toBeFocused();
  await signIn(page, password, ' ');
  await expect(page.getByText('Enter your name')).toBeVisible();
  await expect(page.getByLabel('Your name')).toBeFocused();

  await signIn(page);
  await expect(page).toHaveURL(`${locked.app.url}/edit`);
  await expect(page.getByTestId('ref-input')).toBeAttached();
  await page.getByRole('button', { name: 'Sign out · Signed in as Ann' }).click();
  await expect(page).toHaveURL(`${locked.app.url}/sign-in`);
  await page.goto(locked.app.url);
  await expect(page).toHaveURL(/\/sign-in\?to=%2F$/);
  // Chromium writes each refused request into the console; a script's own errors are none of these.
  expect(errors).toEqual([]);
});

test('who signs in before the scripts run is in once they have, and gets out so as well', async ({
  page,
}) => {
  const { url } = locked.app;
  let release = await openWithoutScripts(page, `${url}/chat`);
  await signIn(page);
  await expect(page.getByRole('button', { name: 'Sign in' })).toHaveAttribute('data-pressed');
  release();
  await expect(page).toHaveURL(`${url}/chat`);
  await page.unrouteAll({ behavior: 'wait' });

  release = await openWithoutScripts(page, `${url}/chat`);
  await page.getByRole('button', { name: 'Sign out · Signed in as Ann' }).click();
  release();
  await expect(page).toHaveURL(`${url}/sign-in`);
});

test('what the browser keeps can be removed before somebody else signs in', async ({ page }) => {
  await page.goto(`${locked.app.url}/sign-in`);
  await expect(page.getByLabel('Your name')).toBeVisible();
  await expect(page.getByTestId('kept-work')).toHaveCount(0);
  await signIn(page);
  await page.getByTestId('prompt').fill('secret of Ann');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('run-card')).toHaveAttribute('aria-busy', 'false');
  const other = await page.context().newPage();
  await other.goto(locked.app.url);
  await expect(other.getByTestId('run-card')).toHaveCount(1);
  await other.getByTestId('prompt').fill('another secret of Ann');
  const third = await page.context().newPage();
  await third.goto(locked.app.url);
  await expect(third.getByTestId('prompt')).toHaveValue('another secret of Ann');
  await third.getByTestId('prompt').fill('her last secret');
  await page.getByRole('button', { name: 'Sign out · Signed in as Ann' }).click();
  await expect(page).toHaveURL(/sign-in/);
  await third.reload();
  await expect(third.getByTestId('kept-work')).toBeVisible();
  await page.getByRole('button', { name: 'Remove what this browser keeps' }).click();
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByText('This browser keeps nothing any more.')).toBeVisible();
  // The other tabs let go of it too, one of them at the sign-in already.
  await expect(other).toHaveURL(/sign-in/);
  await expect(third.getByTestId('kept-work')).toHaveCount(0);
  // Nor has the server anything of hers for whoever comes next.
  const list = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/api/runs');
  await signIn(page, password, 'Bob');
  await expect(page.getByTestId('prompt')).toHaveValue('');
  expect((await (await list).json()).runs).toEqual([]);
  await expect(page.getByTestId('run-card')).toHaveCount(0);
  for (const tab of [other, third]) {
    await tab.goto(locked.app.url);
    await expect(tab.locator('[aria-busy=false]').first()).toBeVisible();
    await expect(tab.getByTestId('prompt')).toHaveValue('');
  }
});

test('too many wrong passwords are told to wait', async ({ page }) => {
  const { app, stop } = await startLocked();
  try {
    for (let count = 0; count < 10; count++) {
      await fetch(`${app.url}/api/v1/models`, { headers: { authorization: `Bearer no-${count}` } });
    }
    await page.goto(app.url);
    await signIn(page, 'wrong');
    await expect(page.getByText(/Try again in \d+ second/)).toBeVisible();
  } finally {
    await stop();
  }
});

test('another site’s address is never led to', async ({ page }) => {
  for (const to of ['https://evil.test/', '//evil.test/', '/\\evil.test', '/%09/evil.test']) {
    await page.context().clearCookies();
    await page.goto(`${locked.app.url}/sign-in?to=${encodeURIComponent(decodeURIComponent(to))}`);
    await signIn(page);
    await expect(page).toHaveURL(`${locked.app.url}/`);
  }
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the form never puts the password into an address', async ({ page }) => {
    await page.goto(`${locked.app.url}/sign-in`);
    await signIn(page);
    await expect(page).toHaveURL(`${locked.app.url}/api/auth/login`);
    await expect(page.getByText('unsupported_media_type')).toBeVisible();
  });
});

// Elsewhere they are looked for in e2e/api/key.test.ts.
test('key and password are in no script that a page loads, nor in the page', async ({ page }) => {
  const scripts = new Set<string>();
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (pathname.startsWith('/_next/static/')) scripts.add(origin + pathname);
  });
  await page.goto(locked.app.url);
  await signIn(page);
  // It makes a picture, so that its worker is loaded too.
  await page.getByTestId('prompt').fill('fault:ok');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('result-image')).toHaveCount(1);
  expect(scripts.size).toBeGreaterThan(5);
  const texts = await Promise.all([...scripts].map(async (url) => (await fetch(url)).text()));
  texts.push(await page.content());
  for (const canary of [apiKey.slice(3, 15), password]) {
    expect(texts.filter((text) => text.includes(canary))).toEqual([]);
  }
});

for (const look of looks) {
  test(`the sign-in is fit for everybody: ${look.theme}, ${look.locale}`, async ({
    page,
    context,
  }) => {
    const { url } = locked.app;
    const [name, submit] = look.locale === 'en' ? ['Your name', 'Sign in'] : ['你的名字', '登录'];
    await wear(context, url, look);
    await page.goto(`${url}/sign-in`);
    expect(await violations(page, look)).toEqual([]);
    await page.getByLabel(name).fill('李小明');
    await page.getByRole('button', { name: submit }).click();
    await expect(page.getByRole('alert').filter({ hasText: /\S/ }).first()).toBeVisible();
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await violations(page, look)).toEqual([]);
      const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(scrollWidth).toBeLessThanOrEqual(width);
    }
  });
}

/** What the page asks of the API, by path. */
function countPolls(page: Page) {
  const polls: number[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname === '/api/runs') polls.push(response.status());
  });
  return polls;
}

test('a session that ends holds runs up, keeps what was typed, and goes on in place', async ({
  page,
  context,
}) => {
  await page.goto(locked.app.url);
  await signIn(page);
  const prompt = page.getByTestId('prompt');
  await prompt.fill('fault:held');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('stop')).toBeVisible();
  // The last request may still be that of another test.
  const held = () => String(locked.upstream.requests.at(-1)?.body).includes('fault:held');
  await expect.poll(() => held() && locked.upstream.requests.at(-1)?.complete).toBe(true);
  const sent = locked.upstream.requests.length;

  const polls = countPolls(page);
  await context.clearCookies({ name: 'session' });
  await prompt.fill('half a sentence');
  const again = page.getByRole('button', { name: 'Sign in again' });
  // The list waits 25 s for a change, unless the page has reason to ask anew.
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(again).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await expect(page.getByTestId('problem')).toHaveCount(0);
  // What is started now waits for the sign-in, too.
  await prompt.fill('fault:ok after the session');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('run-card')).toHaveCount(2);
  await prompt.fill('half a sentence');

  await again.click();
  await expect(page.getByLabel('Your name')).toHaveValue('Ann');
  await expect(page.getByLabel('Password')).toBeFocused();
  expect(await violations(page)).toEqual([]);
  // It asks once where the held answer ends with a change, and once as it is online: it does not go on asking.
  const refused = polls.filter((status) => status === 401).length;
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(3);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await expect(again).toHaveCount(0);
  await expect(page.getByTestId('result-image')).not.toHaveCount(0);
  releaseStep();
  await expect(page.locator('[data-testid="run-card"][aria-busy="true"]')).toHaveCount(1);
  releaseStep();
  await expect(page.locator('[data-testid="run-card"][aria-busy="true"]')).toHaveCount(0);
  await expect(prompt).toHaveValue('half a sentence');
  expect(locked.upstream.requests.length).toBe(sent + 1);
});

test('a run goes on after a reload that had to go through the sign-in', async ({
  page,
  context,
}) => {
  await page.goto(locked.app.url);
  await signIn(page);
  await page.getByTestId('prompt').fill('through the sign-in fault:held');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('stop')).toBeVisible();
  const sent = () =>
    locked.upstream.requests.filter(({ body }) => body.includes('through the sign-in'));
  await expect.poll(() => sent().map(({ complete }) => complete)).toEqual([true]);
  await context.clearCookies({ name: 'session' });
  await page.reload();
  await signIn(page);
  await expect(page.getByTestId('run-card')).toHaveCount(1);
  releaseStep();
  await expect(page.getByTestId('result-image')).toHaveCount(1);
  releaseStep();
  await expect(page.locator('[data-testid="run-card"]')).toHaveAttribute('aria-busy', 'false');
  expect(sent()).toHaveLength(1);
});

test('the Gallery stays where a session ends, and leads to the sign-in', async ({
  page,
  context,
}) => {
  await page.goto(locked.app.url);
  await signIn(page);
  await page.getByTestId('prompt').fill('on the wall fault:held');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('stop')).toBeVisible();
  const sent = () =>
    locked.upstream.requests.filter(({ body }) => body.includes('on the wall')).at(-1);
  await expect.poll(() => sent()?.complete).toBe(true);
  await page.getByRole('link', { name: 'Gallery' }).click();
  const underWay = page.getByRole('region', { name: 'Under way' });
  await expect(underWay).toContainText('on the wall');
  await context.clearCookies({ name: 'session' });
  // What is waited for comes, and the next question is refused.
  releaseStep();
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await expect(underWay).toContainText('on the wall');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  releaseStep();
  const tile = page.getByRole('option', { name: /^on the wall/ });
  await expect(tile.locator('[data-painted]').first()).toBeVisible();
});

test('the form has no user to fill in where the server says it', async ({ page }) => {
  await page.goto(locked.app.url);
  await signIn(page);
  await expect(page.getByTestId('prompt')).toBeVisible();
  const models = await page.content();
  expect(models).toContain('turing/gpt-image-2');
  expect(models).not.toMatch(/\\"name\\":\\"user\\"/);
});
