import { expect, type Page, test } from '@playwright/test';
import { openChat } from './chat-page';
import { openWithoutScripts } from './without-scripts';

// What the server's page shows before its scripts have run, and that they move nothing then.

const beginnings = {
  '/': 'What do you want to make?',
  '/edit': 'Which picture do you want to change?',
  '/chat': 'Make pictures in a conversation',
  '/experiments': 'Which prompt, model and setting works?',
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
    for (const address of ['/', '/chat', '/experiments'] as const) {
      await page.goto(address);
      await expect(page.getByRole('navigation').first()).toBeVisible();
      if (address !== '/experiments') await expect(page.getByRole('textbox').first()).toBeVisible();
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
  const desktop = page.viewportSize() ?? { width: 1280, height: 720 };
  for (const viewport of [{ width: 390, height: 844 }, desktop]) {
    await page.setViewportSize(viewport);
    for (const [address, words] of Object.entries(beginnings)) {
      await page.goto(address);
      await expect(page.locator('[aria-busy=false]').first()).toBeVisible();
      await expect(page.getByRole('heading', { name: words })).toBeVisible();
      expect(await shifts(page)).toBeLessThan(0.001);
    }
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

async function shifts(page: Page): Promise<number> {
  const moved = await page.evaluate(() => (window as unknown as { moved: number[] }).moved);
  return moved.reduce((sum, value) => sum + value, 0);
}

test('what is typed and chosen before the scripts run stands beside what was kept', async ({
  page,
}) => {
  const prompt = page.getByTestId('prompt');
  const composer = page.getByTestId('composer');
  await page.goto('/');
  await expect(page.getByTestId('submit')).toBeEnabled();
  await prompt.fill('kept');
  await page.getByTestId('count').fill('3');

  let release = await openWithoutScripts(page, '/');
  await prompt.fill('early');
  await choose(page, 'Size', '16:9');
  await choose(page, 'Quality', 'low');
  await expect(page.getByTestId('submit')).toBeDisabled();
  release();
  await expect(page.getByTestId('submit')).toBeEnabled();
  await expect(prompt).toHaveValue('early');
  await expect(page.getByTestId('count')).toHaveValue('3');
  for (const chosen of ['16:9', 'low']) {
    await expect(page.getByRole('radio', { name: chosen, exact: true })).toBeChecked();
  }
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('run-card')).toContainText('early');
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(prompt).toHaveValue('kept');

  await page.goto('/chat');
  await expect(composer).toHaveAttribute('aria-busy', 'false');
  await composer.fill('kept');
  release = await openWithoutScripts(page, '/chat');
  await composer.fill('early');
  release();
  await expect(composer).toHaveValue('kept\nearly');
  await expect(composer).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('message').first()).toContainText('early');

  await page.context().clearCookies({ name: 'kept' });
  release = await openWithoutScripts(page, '/experiments');
  const template = page.getByRole('textbox', { name: 'Prompt with choices' });
  const isText = page.getByRole('checkbox').first();
  await template.fill('a {red | blue} tin');
  await isText.check();
  release();
  await expect(page).toHaveURL(/\?open=/);
  await expect(template).toHaveValue('a {red | blue} tin');
  await expect(isText).toBeChecked();
  // One experiment, however much was changed, and it is kept.
  await page.getByRole('link', { name: 'Generate' }).click();
  await expect(page.getByTestId('prompt')).toBeVisible();
  await page.goBack();
  await expect(template).toHaveValue('a {red | blue} tin');
  await expect(isText).toBeChecked();
  await expect(page.getByRole('navigation', { name: 'Experiments' }).locator('li')).toHaveCount(2);
});

test('a button that is pressed before the scripts run answers once they have', async ({ page }) => {
  const theme = () => page.locator('html').getAttribute('data-theme');
  let release = await openWithoutScripts(page, '/');
  const examples = page.getByRole('button', { name: /Misty forest/ });
  await examples.click();
  await expect(examples).toHaveAttribute('data-pressed');
  // Whoever sees no answer presses once more; that is still one press.
  const themes = page.getByRole('button', { name: 'Theme: system' });
  await themes.click();
  await themes.click();
  expect(await theme()).toBe('system');
  release();
  await expect(page.getByTestId('prompt')).toHaveValue(/misty forest/);
  await expect.poll(theme).toBe('light');
  await expect(page.locator('[data-pressed]')).toHaveCount(0);
  // From then on each press counts once.
  await page.getByRole('button', { name: 'Theme: light' }).click();
  expect(await theme()).toBe('dark');

  await page.unrouteAll({ behavior: 'wait' });
  release = await openWithoutScripts(page, '/');
  await page.getByRole('button', { name: '中文' }).click();
  release();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test('a part that is loaded later says so if it cannot be, and comes once it can', async ({
  page,
  request,
}) => {
  const first = await (await request.get('/')).text();
  let isReachable = false;
  await page.route('**/*.js', (route) => {
    const isFirst = first.includes(new URL(route.request().url()).pathname);
    return isFirst || isReachable ? route.continue() : route.abort();
  });
  await page.goto('/');
  await page.getByTestId('prompt').fill('a bear');
  await page.getByTestId('submit').click();
  const notice = page.getByRole('alert').filter({ hasText: 'This part is not loaded' });
  // Each part that is shown or asked for says so.
  await expect(notice.last()).toBeVisible();
  isReachable = true;
  await expect(page.getByTestId('run-card')).toContainText('a bear');
  await expect(notice).toHaveCount(0);
});

test('what is sent in two conversations before the code for it is there goes out in both', async ({
  page,
  request,
}) => {
  const first = await (await request.get('/chat')).text();
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/*.js', async (route) => {
    if (!first.includes(new URL(route.request().url()).pathname)) await until;
    await route.continue();
  });
  const chat = await openChat(page);
  await chat.composer.fill('a bear');
  await chat.composer.press('Enter');
  await page.getByRole('button', { name: 'New conversation' }).first().click();
  await expect(chat.composer).toHaveValue('');
  await chat.composer.fill('a fox');
  await chat.composer.press('Enter');
  letGo();
  await expect(chat.messages.first()).toContainText('a fox');
  await chat.conversations.filter({ hasText: 'a bear' }).click();
  await expect(chat.messages.first()).toContainText('a bear');
});

async function choose(page: Page, group: string, value: string): Promise<void> {
  const choices = page.getByRole('group', { name: group, exact: true });
  await choices.getByText(value, { exact: true }).click();
}
