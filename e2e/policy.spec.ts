import { expect, test } from '@playwright/test';
import { addresses, startLocked } from './lock-server';

// What the policy of a page does in a browser; at every address: e2e/api/policy.test.ts.

const pages = addresses('page.tsx').filter((address) => address !== '/sign-in');

test.describe('the policy of a page', () => {
  for (const [path, status] of [
    ...pages.map((address) => [address, 200] as const),
    ['/nowhere', 404],
    ['/images/nowhere.png', 404],
  ] as const) {
    test(`${path} lets only its own scripts run, and breaks none of its rules`, async ({
      page,
    }) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (/content.security.policy/i.test(message.text())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      const nonces = new Set<string>();
      for (let load = 0; load < 2; load++) {
        const response = await page.goto(path);
        expect(response?.status()).toBe(status);
        const policy = response?.headers()['content-security-policy'] ?? '';
        const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1] ?? '';
        expect(nonce).not.toBe('');
        nonces.add(nonce);
        for (const rule of [
          "default-src 'self'",
          "object-src 'none'",
          "base-uri 'none'",
          "frame-ancestors 'none'",
          "img-src 'self' blob: data:",
        ]) {
          expect(policy).toContain(rule);
        }
        expect(policy).not.toContain('unsafe-eval');
        // Of what was served: what those scripts load needs none.
        const scripts = [...((await response?.text()) ?? '').matchAll(/<script\b[^>]*>/g)];
        expect(scripts.length).toBeGreaterThan(1);
        for (const [tag] of scripts) expect(tag).toContain(`nonce="${nonce}"`);
        // Which gateway it is, is said once.
        const mode = page.getByText(/^Demo gateway/).filter({ visible: true });
        await expect(mode).toHaveCount(1);
        // The page has come to life.
        await page.getByRole('button', { name: '中文' }).click();
        await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
        await page.context().clearCookies();
      }
      expect(nonces.size).toBe(2);
      expect(complaints).toEqual([]);
    });
  }

  test('lets the sign-in run, and breaks none of its rules there', async ({ page }) => {
    const { app, stop } = await startLocked();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (/content.security.policy/i.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    try {
      for (const path of ['/sign-in', '/nowhere']) {
        await page.goto(app.url + path);
        await page.getByRole('button', { name: '中文' }).click();
        await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
        await page.context().clearCookies();
      }
      expect(complaints).toEqual([]);
    } finally {
      await stop();
    }
  });
});
