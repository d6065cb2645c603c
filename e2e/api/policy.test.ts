import { describe, expect, test } from 'vitest';
import { addresses } from '../lock-server';
import { locked, open } from './servers';

// The policy and the other headers of every page; what they do in a browser: e2e/policy.spec.ts.

const pages = addresses('page.tsx').filter((address) => address !== '/sign-in');

describe('the policy of a page', () => {
  test('stands with the other headers at every address, for strangers too', async () => {
    for (const { url } of [open, locked]) {
      const there = [...pages, '/sign-in', ...addresses('route.ts'), '/api', '/icon.svg'];
      const notThere = ['/nowhere', '/api/%', '/favicon.icons', '/favicon.ico/x', '/_next/images'];
      for (const path of [...there, ...notThere]) {
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
  });

  test.each<Record<string, string>>([
    { purpose: 'prefetch' },
    { 'next-router-prefetch': '1' },
    { 'x-middleware-prefetch': '1' },
  ])('stands whatever a request says of itself: %o', async (headers) => {
    const page = await fetch(`${open.url}/edit`, { headers });
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(await page.text()).toMatch(/^<!DOCTYPE html>/);
  });

  test('has the other headers, and names the visitor', async () => {
    const response = await fetch(open.url);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
    expect(response.headers.has('x-powered-by')).toBe(false);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^visitor=[0-9a-f-]{36};/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=lax/i);
    expect(cookie).not.toMatch(/; Secure/i);
    const again = await fetch(open.url, { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(again.headers.get('set-cookie')).toBeNull();
  });

  test('names the visitor securely where a proxy ends TLS', async () => {
    const response = await fetch(open.url, { headers: { 'x-forwarded-proto': 'https' } });
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-visitor=.*; Secure$/);
  });
});
