import { expect, test } from '@playwright/test';

// What the server's page shows before its scripts have run, and that they move nothing then.

const beginnings = {
  '/': 'What do you want to make?',
  '/edit': 'Which picture do you want to change?',
  '/chat': 'Make pictures in a conversation',
};

test.describe('before the scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a first visit sees each page with its beginning, a later one without', async ({
    page,
    context,
    baseURL,
  }) => {
    for (const [address, words] of Object.entries(beginnings)) {
      await page.goto(address);
      await expect(page.getByRole('heading', { name: words })).toBeVisible();
      await expect(page.getByRole('textbox').first()).toBeVisible();
    }
    await page.goto('/gallery');
    await expect(page.getByRole('searchbox')).toBeVisible();
    await context.addCookies([{ name: 'kept', value: '1', url: baseURL ?? '' }]);
    for (const address of ['/', '/chat'] as const) {
      await page.goto(address);
      await expect(page.getByRole('textbox').first()).toBeVisible();
      await expect(page.getByRole('heading', { name: beginnings[address] })).toHaveCount(0);
    }
  });
});

test('nothing moves when the scripts run, and an example fills the prompt', async ({
  page,
  context,
}) => {
  await page.addInitScript(() => {
    const moved: number[] = [];
    Object.assign(window, { moved });
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries() as unknown as { value: number }[])
        moved.push(value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const [address, words] of Object.entries(beginnings)) {
    await page.goto(address);
    await expect(page.getByRole('textbox').first()).toBeEnabled();
    await expect(page.getByRole('heading', { name: words })).toBeVisible();
    const shifts = await page.evaluate(() => (window as unknown as { moved: number[] }).moved);
    expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.001);
  }
  await page.goto('/');
  await page.getByRole('button', { name: /Misty forest/ }).click();
  await expect(page.getByTestId('prompt')).not.toHaveValue('');
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('kept');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('run-card')).toHaveCount(1);
  await expect
    .poll(async () => (await context.cookies()).map(({ name }) => name))
    .toContain('kept');
});
