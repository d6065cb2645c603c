import { expect, test } from '@playwright/test';
import { apiKey, startApp } from './app-server';
import { releaseStep, startFaultUpstream } from './fault-upstream';

// The page of a server that is told to stop; the server itself: e2e/api/stopping.test.ts.

test('the page sends by itself, once the server is back, what it refused', async ({ page }) => {
  const upstream = await startFaultUpstream();
  const app = await startApp({
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    SHUTDOWN_GRACE_SECONDS: '60',
  });
  const whole = (text: string) =>
    upstream.requests.filter(({ body, complete }) => complete && body.includes(text)).length;
  try {
    await page.goto(app.url);
    const prompt = page.getByTestId('prompt');
    await prompt.fill('before fault:held');
    await page.getByTestId('submit').click();
    await expect.poll(() => whole('before')).toBe(1);
    app.signal('SIGTERM');
    await expect
      .poll(async () => {
        const data = { model: 'turing/gpt-image-2', prompt: 'too late' };
        return (await page.request.post(`${app.url}/api/v1/images/generations`, { data })).status();
      })
      .toBe(503);
    await prompt.fill('afterwards');
    await page.getByTestId('submit').click();
    const problem = page.getByTestId('problem');
    await expect(problem).toContainText('is restarting');
    await expect(problem).toContainText('nothing was charged');
    await expect(problem).toContainText('starts automatically');
    releaseStep();
    const pictures = page.getByTestId('result-image');
    await expect(pictures).toHaveCount(1);
    releaseStep();
    expect(await app.ended()).toBe(0);
    await app.startAgain();
    await expect(pictures).toHaveCount(3);
    await expect(problem).toBeHidden();
    expect(whole('afterwards')).toBe(1);
  } finally {
    app.signal('SIGKILL');
    await app.stop();
    await upstream.close();
  }
});
