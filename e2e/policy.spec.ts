import { expect, test } from '@playwright/test';
import { addresses, startLocked } from './lock-server';
import { servers } from './servers';

// The policy and the other headers of every page.

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
        const response = await page.goto(servers.demo.url + path);
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
        // The page has come to life.
        await page.getByRole('button', { name: '中文' }).click();
        await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
        await page.context().clearCookies();
      }
      expect(nonces.size).toBe(2);
      expect(complaints).toEqual([]);
    });
  }

  test('stands with the other headers at every address, for strangers too', async () => {
    const { app, stop } = await startLocked();
    try {
      for (const url of [servers.demo.url, app.url]) {
        const addressesThere = [...pages, '/sign-in', ...addresses('route.ts'), '/nowhere', '/api'];
        for (const path of [...addressesThere, '/icon.svg']) {
          const { headers } = await fetch(url + path, { redirect: 'manual' });
          expect(Object.fromEntries(headers)).toMatchObject({
            'x-content-type-options': 'nosniff',
            'referrer-policy': 'no-referrer',
            'x-frame-options': 'DENY',
          });
          expect(headers.has('x-powered-by')).toBe(false);
          expect(headers.has('access-control-allow-origin')).toBe(false);
          if (path.startsWith('/api')) continue;
          const policy = headers.get('content-security-policy') ?? '';
          expect(policy).toContain("frame-ancestors 'none'");
          expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic';/);
        }
      }
    } finally {
      await stop();
    }
  });

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

  test('has the other headers, and names the visitor', async ({ request }) => {
    const response = await request.get(servers.demo.url);
    expect(response.headers()).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
    expect(response.headers()).not.toHaveProperty('x-powered-by');
    const cookie = response.headers()['set-cookie'] ?? '';
    expect(cookie).toMatch(/^visitor=[0-9a-f-]{36};/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=lax/i);
    expect(cookie).not.toMatch(/; Secure/i);
    const again = await request.get(servers.demo.url);
    expect(again.headers()['set-cookie']).toBeUndefined();
  });

  test('names the visitor securely where a proxy ends TLS', async ({ playwright }) => {
    const visitor = await playwright.request.newContext();
    const response = await visitor.get(servers.demo.url, {
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect(response.headers()['set-cookie']).toMatch(/; Secure/i);
    await visitor.dispose();
  });
});
