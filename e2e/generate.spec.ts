import { expect, type Page, test } from '@playwright/test';
import { overhang } from './window-measures';

// The Generate page on the demo gateway: what a designer does with it.

const run = async (page: Page, prompt: string) => {
  await page.getByTestId('prompt').fill(prompt);
  await page.getByTestId('submit').click();
};
const pictures = (page: Page) => page.getByTestId('result-image');
const expectWidths = async (page: Page, widths: number[]) => {
  await expect(pictures(page)).toHaveCount(widths.length);
  await expect
    .poll(() =>
      pictures(page).evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth)),
    )
    .toEqual(widths);
};

test('a prompt becomes a picture, and four at once become four different ones', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('problem')).toContainText('The prompt is empty');
  await expect(page.getByTestId('prompt')).toBeFocused();
  await expect(page.getByTestId('run-card')).toHaveCount(0);

  await run(page, 'a small red boat');
  await expectWidths(page, [1024]);
  await expect(page.getByTestId('run-card')).toHaveCount(1);
  await expect(page.getByTestId('run-card')).toContainText('a small red boat');
  await expect(pictures(page)).toHaveAttribute('alt', /a small red boat/);
  await expect(page.getByTestId('problem')).toHaveCount(0);

  await page.getByTestId('count').fill('4');
  await page.getByTestId('prompt').fill('four harbours');
  await page.getByTestId('prompt').press('ControlOrMeta+Enter');
  await expectWidths(page, [1024, 1024, 1024, 1024, 1024]);
  const sources = await pictures(page).evaluateAll((all) =>
    all.map((one) => (one as HTMLImageElement).src),
  );
  expect(new Set(sources).size).toBe(5);
});

test('every model that generates makes a picture of its own size', async ({ page }) => {
  await page.goto('/');
  const models = await page
    .getByTestId('model')
    .locator('option')
    .evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
  expect(models.length).toBeGreaterThan(2);
  for (const [index, model] of models.entries()) {
    await page.getByTestId('model').selectOption(model);
    await run(page, 'a hill');
    await expect(page.getByTestId('run-card')).toHaveCount(index + 1);
    await expect(pictures(page)).toHaveCount(index + 1);
  }
  await expect(page.getByTestId('problem')).toHaveCount(0);
});

test('the page works by keyboard alone', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByTestId('submit')).toBeEnabled();
  const reached = () =>
    page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');
  const tabTo = async (testId: string) => {
    for (let steps = 0; steps < 60 && (await reached()) !== testId; steps++) {
      await page.keyboard.press('Tab');
    }
    expect(await reached()).toBe(testId);
  };
  await tabTo('prompt');
  await page.keyboard.type('a yellow tent');
  await tabTo('submit');
  await page.keyboard.press('Enter');
  await expectWidths(page, [1024]);
});

test('what fails is said in words, what is stopped is no failure, and the next run works', async ({
  page,
}) => {
  await page.goto('/');
  const problems = page.getByTestId('problem');
  for (const [index, [word, title]] of [
    ['[prompt-refused]', 'The prompt was refused'],
    ['[output-refused]', 'The picture was held back'],
    ['[server-error]', 'Something failed on the server'],
    ['[broken]', /\S/],
  ].entries()) {
    await run(page, `a house ${word}`);
    await expect(problems).toHaveCount(index + 1);
    await expect(problems.first()).toContainText(title ?? '');
    await expect(pictures(page)).toHaveCount(0);
  }
  await run(page, 'a house [slow]');
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('stop')).toHaveCount(0);
  await expect(page.getByTestId('run-card')).toHaveCount(5);
  await expect(problems).toHaveCount(4);
  await expect(pictures(page)).toHaveCount(0);
  await run(page, 'a house');
  await expectWidths(page, [1024]);
});

test('the draft outlives a reload, and the language can be switched, and stays', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByTestId('prompt').fill('kept');
  await page.getByTestId('count').fill('3');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByTestId('submit')).toContainText('生成');
  await expect(page.getByTestId('prompt')).toHaveValue('kept');
  await page.reload();
  await expect(page.getByTestId('submit')).toContainText('生成');
  await expect(page.getByTestId('prompt')).toHaveValue('kept');
  await expect(page.getByTestId('count')).toHaveValue('3');
  await expect(page).toHaveTitle(/生成/);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByTestId('submit')).toContainText('Generate');
});

test.describe('a browser that prefers Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('gets Chinese', async ({ page }) => {
    await page.goto('/');
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('problem')).toContainText('提示词');
  });
});

test('the theme can be switched, and stays', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  const light = await ink();
  const button = page.getByRole('button', { name: /^Theme/ });
  await button.click();
  await expect(button).toHaveAccessibleName('Theme: light');
  expect(await ink()).toBe(light);
  await button.click();
  await expect(button).toHaveAccessibleName('Theme: dark');
  const dark = await ink();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await ink()).toBe(dark);
  await expect(button).toHaveAccessibleName('Theme: dark');
});

test('the theme changes in one go: no colour fades while others have changed', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  await expect(page.getByTestId('submit')).toBeEnabled();
  const fading = () => page.evaluate(() => document.getAnimations().length);
  // Ended, what the mouse has just come upon is no part of it.
  await page.getByRole('button', { name: /^Theme/ }).hover();
  await expect.poll(fading).toBe(0);
  await page.evaluate(() => {
    document.addEventListener('transitionrun', ({ target }) => {
      document.title += ` ${(target as Element).tagName}`;
    });
  });
  const title = await page.title();
  const button = page.getByRole('button', { name: /^Theme/ });
  await button.click();
  await button.click();
  await expect(button).toHaveAccessibleName('Theme: dark');
  await expect(page.locator('html')).not.toHaveAttribute('data-switching');
  expect(await page.title()).toBe(title);
});

for (const [locale, words] of [
  ['en', 'Demo'],
  ['zh', '演示'],
] as const) {
  test(`the smallest phone reads the mode in full (${locale})`, async ({
    page,
    context,
    baseURL,
  }) => {
    await context.addCookies([{ name: 'locale', value: locale, url: baseURL ?? '' }]);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto('/');
    const badge = page.getByText(words, { exact: true });
    await expect(badge).toBeInViewport({ ratio: 1 });
    expect(await badge.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
    const box = await badge.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(320);
    expect(await overhang(page)).toEqual([0, 0]);
  });
}

test.describe('a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  for (const locale of ['en', 'zh']) {
    test(`shows all of it without scrolling sideways (${locale})`, async ({
      page,
      context,
      baseURL,
    }) => {
      await context.addCookies([{ name: 'locale', value: locale, url: baseURL ?? '' }]);
      await page.goto('/');
      await expect(page.getByTestId('submit')).toBeEnabled();
      expect(await overhang(page)).toEqual([0, 0]);
      await run(page, `a long word ${'n'.repeat(120)} [fewer]`);
      await expectWidths(page, [1024]);
      expect(await overhang(page)).toEqual([0, 0]);
      await run(page, 'a house [server-error]');
      await expect(page.getByTestId('problem')).toBeVisible();
      expect(await overhang(page)).toEqual([0, 0]);
    });
  }
});
