import { expect, test } from '@playwright/test';
import { looks, violations, wear } from './axe';
import { startLocked } from './lock-server';

// What somebody sees whom a proxy names, and what becomes of a page when the proxy names another.

let locked: Awaited<ReturnType<typeof startLocked>>;
test.beforeAll(async () => {
  const sso = { TRUSTED_USER_HEADER: 'X-Forwarded-User', TRUSTED_PROXIES: '127.0.0.1' };
  locked = await startLocked(sso);
});
test.afterAll(() => locked.stop());

const named = (name: string) => ({ 'X-Forwarded-User': name });

test('another person in one browser: the open page is held up, and asks what to do', async ({
  page,
  context,
}) => {
  await context.setExtraHTTPHeaders(named('ann'));
  await page.goto(locked.app.url);
  await expect(page.getByText('Signed in as ann')).toBeAttached();
  await expect(page.getByRole('button', { name: /Sign out/ })).toHaveCount(0);
  await page.getByTestId('prompt').fill('work of ann fault:ok');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('run-card')).toHaveAttribute('aria-busy', 'false');
  const sent = () => locked.upstream.requests.length;
  expect(sent()).toBe(1);

  await context.setExtraHTTPHeaders(named('bob'));
  await page.getByTestId('prompt').fill('more work of ann fault:ok');
  await page.getByTestId('submit').click();
  const again = page.getByRole('button', { name: 'Load the page again' });
  await expect(again).toBeVisible();
  expect(await violations(page)).toEqual([]);
  expect(sent()).toBe(1);

  // Ann comes back before Bob has done anything: her run goes on.
  await context.setExtraHTTPHeaders(named('ann'));
  await again.click();
  await expect(page.getByTestId('run-card')).toHaveCount(2);
  await expect(page.locator('[data-testid="run-card"][aria-busy="true"]')).toHaveCount(0);
  expect(sent()).toBe(2);

  await context.setExtraHTTPHeaders(named('bob'));
  await page.goto(`${locked.app.url}/edit`);
  await expect(page.getByRole('heading', { name: 'You are bob now' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove what this browser keeps' }).click();
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByText('This browser keeps nothing any more.')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByTestId('ref-input')).toBeAttached();
  await page.goto(locked.app.url);
  await expect(page.getByTestId('prompt')).toHaveValue('');
  await expect(page.getByTestId('run-card')).toHaveCount(0);

  // There is nothing left to be asked about.
  await context.setExtraHTTPHeaders(named('ann'));
  await page.goto(locked.app.url);
  await expect(page.getByText('Signed in as ann')).toBeAttached();
});

test('who goes on sees what the browser keeps', async ({ page, context }) => {
  await context.setExtraHTTPHeaders(named('ann'));
  await page.goto(locked.app.url);
  await page.getByTestId('prompt').fill('left by ann fault:ok');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('run-card')).toHaveAttribute('aria-busy', 'false');
  await context.setExtraHTTPHeaders(named('bob'));
  await page.reload();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('Signed in as bob')).toBeAttached();
  await expect(page.getByTestId('run-card')).toContainText('left by ann');
});

test('who has only typed leaves something to be removed, too', async ({ page, context }) => {
  await context.setExtraHTTPHeaders(named('ann'));
  await page.goto(locked.app.url);
  await expect(page.locator('form[aria-busy=false]')).toBeVisible();
  await page.getByTestId('prompt').fill('half a secret of ann');
  await context.setExtraHTTPHeaders(named('bob'));
  await page.reload();
  const kept = page.getByTestId('kept-work');
  await expect(kept).toContainText('This browser keeps drafts or pictures.');
  await page.getByRole('button', { name: 'Remove what this browser keeps' }).click();
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByText('This browser keeps nothing any more.')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.locator('form[aria-busy=false]')).toBeVisible();
  await expect(page.getByTestId('prompt')).toHaveValue('');
});

for (const look of looks) {
  test(`the pages before the work are fit for everybody: ${look.theme}, ${look.locale}`, async ({
    page,
    context,
  }) => {
    const { url } = locked.app;
    await wear(context, url, look);
    await page.goto(url);
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page.locator('[name="password"]')).toHaveCount(0);
    const check = async () => {
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 844 });
        expect(await violations(page, look)).toEqual([]);
        const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(scrollWidth).toBeLessThanOrEqual(width);
      }
    };
    await check();
    await context.setExtraHTTPHeaders(named('ann'));
    await page.goto(url);
    await page.getByTestId('prompt').fill('fault:ok');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('run-card')).toHaveAttribute('aria-busy', 'false');
    await check();
    await context.setExtraHTTPHeaders(named('bob'));
    await page.reload();
    await expect(page.getByTestId('kept-work')).toBeVisible();
    await check();
  });
}
