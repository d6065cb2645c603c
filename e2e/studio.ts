import { test as base, expect, type Page } from '@playwright/test';
import { type AppServer, apiKey, startApp } from './app-server';
import { type FaultUpstream, startFaultUpstream } from './fault-upstream';

/** An app, and the upstream that it asks. */
interface Servers {
  app: AppServer;
  upstream: FaultUpstream;
}

/** A page on an app whose upstream does as the test says. */
export const test = base.extend<{ studio: Studio }, { servers: Servers }>({
  servers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const upstream = await startFaultUpstream();
      const app = await startApp({
        TURING_BASE_URL: upstream.url,
        TURING_API_KEY: apiKey,
        // Longer than any step of a test takes: silences are waited out in e2e/api.
        TURING_TIMEOUT_MS: '60000',
        PICTURE_HOSTS: 'allowed.test',
      });
      await use({ app, upstream });
      await app.stop();
      await upstream.close();
    },
    { scope: 'worker' },
  ],
  studio: async ({ page, servers }, use) => {
    // Each test counts its own requests only.
    servers.upstream.requests.length = 0;
    await page.goto(servers.app.url);
    // Before its draft is there, nothing can be typed; keys would go nowhere.
    await expect(page.getByTestId('submit')).toBeEnabled();
    await use(createStudio({ page, ...servers }));
  },
});

type Studio = ReturnType<typeof createStudio>;

function createStudio({ page, app, upstream }: Servers & { page: Page }) {
  const sentWith = (text: string) => upstream.requests.filter(({ body }) => body.includes(text));
  return {
    app,
    prompt: page.getByTestId('prompt'),
    submit: page.getByTestId('submit'),
    cards: page.getByTestId('run-card'),
    pictures: page.getByTestId('result-image'),
    problem: page.getByTestId('problem'),
    recent: page.getByTestId('recent-item'),
    stop: page.getByTestId('stop'),
    /** Types a prompt and runs it. A fault in it is answered by the upstream as told. */
    async run(prompt: string) {
      await page.getByTestId('prompt').fill(prompt);
      await page.getByTestId('submit').click();
      // What sends it may still be on its way; a page that is left before has begun nothing.
      await expect(page.getByTestId('submit')).not.toHaveText(/^(Starting|Preparing)/);
    },
    /** A group of radio buttons of the form, by its name. */
    group: (name: string) => page.getByRole('group', { name, exact: true }),
    /** Picks one of a group, as the mouse does. */
    async choose(group: string, value: string) {
      await page
        .getByRole('group', { name: group, exact: true })
        .getByText(value, { exact: true })
        .click();
    },
    /** Waits for the one request with this in its prompt, and gives what was asked for. */
    async asked(text: string): Promise<unknown> {
      await expect.poll(() => sentWith(text).filter(({ complete }) => complete).length).toBe(1);
      return JSON.parse(String(sentWith(text)[0]?.body));
    },
    /** What has arrived upstream with this in its prompt. */
    sent: sentWith,
    /** Waits until so many requests with this in their prompt have arrived upstream whole. */
    async arrived(text: string, count = 1) {
      await expect.poll(() => sentWith(text).filter(({ complete }) => complete).length).toBe(count);
    },
  };
}

export { expect };
