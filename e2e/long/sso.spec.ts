import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect } from '@playwright/test';
import OpenAI, { toFile } from 'openai';
import { apiKey } from '../app-server';
import { type FaultUpstream, onePixel, releaseStep, startFaultUpstream } from '../fault-upstream';
import { addresses } from '../lock-server';
import { forgedLines, sendLines, trustedLines } from '../sso-headers';
import { exampleOf, linesOf, shownName, throughNginx } from './nginx';

// The lines of docs/operating.md, in a real nginx. oauth2-proxy itself is not here: what stands in for it
// answers at its two addresses as its documentation says.

interface StandIn {
  url: string;
  /** The headers of the last question whether somebody is signed in. */
  asked: () => IncomingHttpHeaders;
  close: () => Promise<void>;
}

/** Whoever has its cookie is signed in, by the name in it. One address needs no sign-in, by `X-Forwarded-Uri`. */
async function startStandIn(): Promise<StandIn> {
  let asked: IncomingHttpHeaders = {};
  const server = createServer(({ url = '', headers }, response) => {
    const name = /_oauth2_proxy=([^;]*)/.exec(headers.cookie ?? '')?.[1];
    if (url.startsWith('/oauth2/sign_in')) {
      const back = new URL(url, 'http://stand-in').searchParams.get('rd') ?? '/';
      response.writeHead(302, { location: back, 'set-cookie': '_oauth2_proxy=ann; Path=/' });
    } else {
      asked = headers;
      const isOpen = String(headers['x-forwarded-uri']).startsWith('/open');
      const email = Buffer.from(decodeURIComponent(name ?? '')).toString('latin1');
      if (name !== undefined) response.setHeader('x-auth-request-email', email);
      response.writeHead(name === undefined && !isOpen ? 401 : 202);
    }
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The settings of the page, word for word. */
const settings = Object.fromEntries(
  exampleOf('docs/operating.md', 'sso.env')
    .trim()
    .split('\n')
    .map((line) => line.split('=') as [string, string]),
);

interface Through {
  shown: string;
  direct: string;
  upstream: FaultUpstream;
  standIn: StandIn;
}

const test = base.extend<{ through: (use: (parts: Through) => Promise<void>) => Promise<void> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
  through: async ({}, use) => {
    const upstream = await startFaultUpstream();
    const standIn = await startStandIn();
    await use((call) =>
      throughNginx(
        {
          lines: linesOf('docs/operating.md', 'sso.conf', standIn.url),
          settings: { ...settings, TURING_BASE_URL: upstream.url, TURING_API_KEY: apiKey },
        },
        (address) => call({ ...address, upstream, standIn }),
      ),
    );
    await standIn.close();
    await upstream.close();
  },
});
test.use({
  locale: 'en-US',
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [`--host-resolver-rules=MAP ${shownName} 127.0.0.1`] });
  },
});

const picture = JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'fault:ok' });
const json = 'Content-Type: application/json';
const own = 'Sec-Fetch-Site: same-origin';
const generations = '/api/v1/images/generations';
const post = { method: 'POST', path: generations, body: picture };
const inside = /gpt-image|seedream|gemini/i;
const signedIn = (name: string) => `Cookie: _oauth2_proxy=${encodeURIComponent(name)}`;
const open = /^\/sign-in/;
/** What a client may try through the proxy, which sends the secret itself. */
const forged = Object.entries({
  ...forgedLines,
  'what the proxy sends': trustedLines('ann'),
  'an address that needs no sign-in': ['X-Forwarded-Uri: /open', ...trustedLines('ann')],
  'headers that a proxy drops': ['Connection: close, X-Forwarded-User', ...trustedLines('ann')],
});

test('forged headers let nobody in, on any address', async ({ through }) => {
  await through(async ({ direct, upstream }) => {
    for (const [name, lines] of forged) {
      for (const path of [...addresses('route.ts'), ...addresses('page.tsx')]) {
        const isApi = path.startsWith('/api/');
        for (const method of isApi ? ['GET', 'POST', 'DELETE'] : ['GET']) {
          const sent = { method, path, body: method === 'POST' ? picture : '' };
          const { status, head, body } = await sendLines(direct, [...lines, json, own], sent);
          // 400: nginx takes it for no request.
          expect([name, path, [isApi ? 401 : 302, 400].includes(status)]).toEqual([
            name,
            path,
            true,
          ]);
          if (status === 302) expect(head).toMatch(/location: http:\S*\/oauth2\/sign_in\?rd=/i);
          expect(head + body).not.toMatch(inside);
          expect(head + body).not.toContain(settings.PROXY_SECRET);
        }
      }
    }
    expect(upstream.requests).toEqual([]);
  });
});

test('forged headers make nobody another, nor somebody of who has no name', async ({ through }) => {
  await through(async ({ direct, upstream, standIn }) => {
    for (const [name, lines] of forged) {
      const nobody = await sendLines(direct, [...lines, signedIn(''), json, own], post);
      expect([name, [400, 401].includes(nobody.status)]).toEqual([name, true]);
      expect(upstream.requests).toHaveLength(0);
      const { status } = await sendLines(direct, [...lines, signedIn('李 eve'), json, own], post);
      if (status === 400) continue;
      expect([name, status]).toEqual([name, 200]);
      expect(JSON.parse(String(upstream.requests.pop()?.body)).user).toBe('李 eve');
      expect(standIn.asked()['x-forwarded-uri']).toBe(generations);
    }
    // A name that is none in the eyes of the server.
    for (const name of ['ann, bob', 'a'.repeat(300), 'a\u0085b', ' ']) {
      const { status } = await sendLines(direct, [signedIn(name), json, own], post);
      expect(status).toBe(401);
    }
    for (const path of addresses('page.tsx').filter((address) => !open.test(address))) {
      const { status, head } = await sendLines(direct, [signedIn('')], { path });
      expect([status, /location: \/sign-in\?/i.test(head)]).toEqual([307, true]);
    }
    expect(upstream.requests).toEqual([]);
  });
});

test('a script comes past the sign-in by the password alone', async ({ through }) => {
  await through(async ({ direct, upstream }) => {
    const { APP_PASSWORD: right = '' } = settings;
    for (const [name, lines] of forged) {
      const ask = (key: string) =>
        sendLines(direct, [...lines, `Authorization: Bearer ${key}`, json], post);
      const wrong = await ask('wrong');
      expect([name, [400, 401].includes(wrong.status)]).toEqual([name, true]);
      expect(upstream.requests).toHaveLength(0);
      const { status } = await ask(right);
      if (status === 400) continue;
      const { user } = JSON.parse(String(upstream.requests.pop()?.body));
      expect([name, user]).toEqual([name, expect.stringMatching(/^sdk@127\.0\.0\.1$/)]);
    }
    const page = await sendLines(direct, [`Authorization: Bearer ${right}`], { path: '/edit' });
    expect(page.status).toBe(307);

    const client = new OpenAI({ apiKey: right, baseURL: `${direct}/api/v1`, maxRetries: 0 });
    const file = Buffer.concat([Buffer.from(onePixel, 'base64'), Buffer.alloc(49_500_000)]);
    await client.images.edit({
      model: 'turing/gpt-image-2',
      prompt: 'fault:ok',
      image: await toFile(file, 'large.png', { type: 'image/png' }),
    });
    expect(upstream.requests.map(({ complete }) => complete)).toEqual([true]);
  });
});

test('what another site sends with the cookie of the proxy spends nothing', async ({ through }) => {
  await through(async ({ direct, upstream }) => {
    for (const lines of [[], ['Origin: http://evil.test'], ['Sec-Fetch-Site: cross-site']]) {
      const { status } = await sendLines(direct, [...lines, signedIn('ann'), json], post);
      expect(status).toBe(403);
    }
    expect(upstream.requests).toEqual([]);
  });
});

test('in a browser: signed in by the proxy, held up when that ends, and gone on with', async ({
  page,
  context,
  through,
}) => {
  await through(async ({ shown, upstream }) => {
    await page.goto(`${shown}/edit?a=1`);
    await expect(page).toHaveURL(`${shown}/edit?a=1`);
    await page.goto(shown);
    await expect(page.getByText('Signed in as ann')).toBeAttached();
    await expect(page.getByRole('button', { name: /Sign out/ })).toHaveCount(0);
    await page.getByTestId('prompt').fill(`held ${randomUUID()} fault:held`);
    await page.getByTestId('submit').click();
    await expect.poll(() => upstream.requests.map(({ complete }) => complete)).toEqual([true]);
    expect(JSON.parse(String(upstream.requests[0]?.body)).user).toBe('ann');

    await context.clearCookies({ name: '_oauth2_proxy' });
    await page.evaluate(() => dispatchEvent(new Event('online')));
    const again = page.getByRole('button', { name: 'Load the page again' });
    await expect(again).toBeVisible();
    await expect(page.getByTestId('problem')).toHaveCount(0);
    await again.click();
    await expect(again).toHaveCount(0);
    await expect(page.getByTestId('run-card')).toHaveAttribute('aria-busy', 'true');
    releaseStep();
    await expect(page.getByTestId('result-image')).not.toHaveCount(0);
    releaseStep();
    await expect(page.getByTestId('run-card')).toHaveAttribute('aria-busy', 'false');
    expect(upstream.requests).toHaveLength(1);
  });
});
