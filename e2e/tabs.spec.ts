import type { BrowserContext, Page } from '@playwright/test';
import { chatOn, openChat } from './chat-page';
import { startFaultProxy } from './fault-proxy';
import { releaseStep } from './fault-upstream';
import { expect, test } from './studio';
import { everyPage, finish, isUnderWay, runPages } from './three-pages';

// Tabs that are closed and opened again, and two tabs at once, for every page that starts runs.

/** Closes a tab, and opens the page in another one. */
async function reopen(page: Page, path: string): Promise<Page> {
  const context: BrowserContext = page.context();
  const url = new URL(path, page.url()).href;
  await page.close();
  const again = await context.newPage();
  await again.goto(url);
  return again;
}

for (const { name, path, open, start, showFirst, post, held, heldPictures, ok } of runPages) {
  test.describe(name, () => {
    test('closed before the server has heard of it, it is sent when the tab is back', async ({
      page,
      studio,
    }) => {
      const way = await startFaultProxy(studio.app.url);
      await open(page, way.url);
      let letGo = () => {};
      const until = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      const hold = way.befall(post, { kind: 'hold', until });
      await start(page, `unheard ${ok}`);
      await expect.poll(() => hold.met).toBe(1);
      const again = await reopen(page, path);
      letGo();
      await finish(again, 1);
      expect(studio.sent(`unheard ${ok}`).filter(({ complete }) => complete)).toHaveLength(1);
      await way.close();
    });

    test('closed before the answer to its start, it is found', async ({ page, studio }) => {
      const way = await startFaultProxy(studio.app.url);
      await open(page, way.url);
      way.befall(post, { kind: 'drop-answer' });
      await start(page, `unanswered ${held}`);
      await studio.arrived(`unanswered ${held}`);
      const again = await reopen(page, path);
      await isUnderWay(again);
      await finish(again, heldPictures);
      expect(studio.sent(`unanswered ${held}`)).toHaveLength(1);
      await way.close();
    });

    test('closed while it waits, and again while its answer is read', async ({ page, studio }) => {
      await open(page, studio.app.url);
      await start(page, `closed ${held}`);
      await studio.arrived(`closed ${held}`);
      const second = await reopen(page, path);
      await isUnderWay(second);
      await showFirst(second);
      const third = await reopen(second, path);
      await finish(third, heldPictures);
      expect(studio.sent(`closed ${held}`)).toHaveLength(1);
    });

    test('closed during a countdown, it goes on with the same next try', async ({
      page,
      studio,
    }) => {
      await open(page, studio.app.url);
      const text = 'counting fault:rate-limit-twice';
      await start(page, text);
      await expect(page.getByText(/Try 2 of 5/)).toBeVisible();
      const again = await reopen(page, path);
      await expect(again.getByText(/Try [23] of 5/)).toBeVisible();
      await expect.poll(() => studio.sent(text).length).toBe(3);
      await expect(again.getByTestId('stop')).toHaveCount(0);
      expect(studio.sent(text)).toHaveLength(3);
    });

    test('what one tab starts another shows, and has to its end when the first is closed', async ({
      page,
      context,
      studio,
    }) => {
      const other = await context.newPage();
      await open(page, studio.app.url);
      await other.goto(new URL(path, studio.app.url).href);
      await start(page, `shared ${held}`);
      await studio.arrived(`shared ${held}`);
      await isUnderWay(other);
      await page.close();
      await finish(other, heldPictures);
      expect(studio.sent(`shared ${held}`)).toHaveLength(1);
    });

    test('two tabs that are refused at the same time send one next try', async ({
      page,
      context,
      studio,
    }) => {
      const other = await context.newPage();
      await open(page, studio.app.url);
      await other.goto(new URL(path, studio.app.url).href);
      const text = 'both fault:rate-limit-twice';
      await start(page, text);
      for (const tab of [page, other]) await expect(tab.getByText(/Try [23] of 5/)).toBeVisible();
      for (const tab of [page, other]) await expect(tab.getByTestId('stop')).toHaveCount(0);
      expect(studio.sent(text)).toHaveLength(3);
    });

    test('stopped in one tab, it is stopped in the other', async ({ page, context, studio }) => {
      const other = await context.newPage();
      await open(page, studio.app.url);
      await other.goto(new URL(path, studio.app.url).href);
      await start(page, `either ${held}`);
      await studio.arrived(`either ${held}`);
      await isUnderWay(other);
      await other.getByTestId('stop').first().click();
      await studio.sent(`either ${held}`)[0]?.closed;
      for (const tab of [page, other]) {
        await expect(tab.getByText(/^Stopped/).first()).toBeVisible();
        await expect(tab.getByTestId('stop')).toHaveCount(0);
      }
      expect(studio.sent(`either ${held}`)).toHaveLength(1);
    });

    test('left for another site and come back to, it is there', async ({ page, studio }) => {
      await open(page, studio.app.url);
      await start(page, `away and back ${held}`);
      await studio.arrived(`away and back ${held}`);
      await page.goto('about:blank');
      releaseStep();
      await page.goBack();
      await finish(page, heldPictures);
      expect(studio.sent(`away and back ${held}`)).toHaveLength(1);
    });

    test('a run of which this browser keeps nothing any more is offered', async ({
      page,
      studio,
    }) => {
      await open(page, studio.app.url);
      await start(page, `forgotten ${ok}`);
      await finish(page, 1);
      // From a page that keeps nothing itself.
      await page.goto(`${studio.app.url}/api/health`);
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            indexedDB.deleteDatabase('turing-playground').onsuccess = resolve;
          }),
      );
      await page.goto(new URL(path, studio.app.url).href);
      const offer = page.getByTestId('found-runs');
      await expect(offer).toContainText('on the server but not in this browser');
      await offer.getByRole('button', { name: 'Show' }).click();
      await expect(page.getByTestId('result-image').first()).toBeVisible();
      await expect(offer).toHaveCount(0);
      await expect(page.getByRole('button', { name: /again/ })).toHaveCount(0);
      await page.reload();
      await expect(page.getByTestId('result-image').first()).toBeVisible();
      expect(studio.sent(`forgotten ${ok}`)).toHaveLength(1);
    });
  });
}

test('removed in one tab while another reads it, it stays removed', async ({
  page,
  context,
  studio,
}) => {
  const other = await context.newPage();
  await other.goto(studio.app.url);
  await studio.run('removed fault:held');
  await studio.arrived('removed fault:held');
  await isUnderWay(other);
  await finish(page, 2);
  await page.getByRole('button', { name: 'Remove this run' }).click();
  await expect(other.getByTestId('run-card')).toHaveCount(0);
  await other.reload();
  await expect(other.getByTestId('submit')).toBeEnabled();
  await expect(other.getByTestId('run-card')).toHaveCount(0);
});

test('a Chat page that was left misses no other tab', async ({ page, context, studio }) => {
  const chat = await openChat(page, studio.app.url);
  await chat.ask('a kite');
  const other = await openChat(await context.newPage(), studio.app.url);
  await expect(other.messages).toHaveCount(2);
  const meanwhile = async (act: () => Promise<void>) => {
    await page.getByRole('link', { name: 'Generate', exact: true }).click();
    await expect(studio.submit).toBeEnabled();
    await act();
    await page.getByRole('link', { name: 'Chat', exact: true }).click();
    await chatOn(page);
  };
  await meanwhile(() => other.ask('a second kite'));
  await expect(chat.messages).toHaveCount(4);
  await meanwhile(async () => {
    await other.conversations.press('Delete');
    await expect(other.messages).toHaveCount(0);
  });
  await expect(chat.messages).toHaveCount(0);
});

test('a storm of reloads sends a run once', async ({ page, studio }) => {
  await studio.run('stormy fault:held');
  // A click that the page's code has not heard yet has begun nothing.
  await studio.arrived('stormy fault:held');
  // Twelve times, and each time a little later in the page's life.
  await page.addInitScript(() => {
    const count = Number(sessionStorage.getItem('storm') ?? 0);
    if (count === 12) return;
    sessionStorage.setItem('storm', String(count + 1));
    setTimeout(() => location.reload(), count * 50);
  });
  await page.reload({ waitUntil: 'commit' });
  await page.waitForFunction(() => sessionStorage.getItem('storm') === '12');
  await isUnderWay(page);
  await finish(page, 2);
  expect(studio.sent('stormy fault:held').filter(({ complete }) => complete)).toHaveLength(1);
});

test('runs of every page are taken up on whichever page somebody is', async ({ page, studio }) => {
  for (const [index, { open, start }] of everyPage.entries()) {
    await open(page, studio.app.url);
    await start(page, 'everywhere fault:kept-alive');
    await studio.arrived('everywhere', index + 1);
  }
  await page.goto(studio.app.url);
  await expect(page).toHaveTitle(/^\(3\) /);
  await expect
    .poll(async () => {
      releaseStep();
      return page.title();
    })
    .toMatch(/^Generate/);
  await expect(studio.pictures).toHaveCount(2);
  await page.goto(new URL('/edit', studio.app.url).href);
  await expect(studio.pictures).toHaveCount(2);
  // A list of pictures is no answer in a conversation.
  await page.goto(new URL('/chat', studio.app.url).href);
  await expect(studio.problem).toHaveCount(1);
  expect(studio.sent('everywhere')).toHaveLength(3);
});

test('all tabs are closed and the server is restarted: what ended is there, what did not says so', async ({
  page,
  context,
  studio,
}) => {
  await studio.run('ended fault:held');
  await studio.arrived('ended fault:held');
  await studio.run('cut fault:silent');
  await studio.arrived('cut fault:silent');
  const { url } = studio.app;
  await page.close();
  await expect
    .poll(async () => {
      releaseStep();
      const { runs } = await (await context.request.get(`${url}/api/runs`)).json();
      return runs.map(({ state }: { state: string }) => state).sort();
    })
    .toEqual(['done', 'waiting']);
  await studio.app.killAndRestart();
  const again = await context.newPage();
  await again.goto(url);
  await expect(again.getByTestId('result-image')).toHaveCount(2);
  await expect(again.getByTestId('problem')).toContainText('was restarted');
  expect(studio.sent('fault:')).toHaveLength(2);
});

test('the title tells what is under way, and what ended while nobody looked', async ({
  page,
  studio,
}) => {
  await expect(page).toHaveTitle(/^Generate/);
  await studio.run('titled fault:held');
  await expect(page).toHaveTitle(/^\(1\) Generate/);
  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  await expect(page).toHaveTitle(/^\(1\) Chat/);
  const look = (state: 'hidden' | 'visible') =>
    page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: now });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await look('hidden');
  await studio.arrived('titled fault:held');
  await expect
    .poll(async () => {
      releaseStep();
      return page.title();
    })
    .toMatch(/^✓ Chat/);
  await look('visible');
  await expect(page).toHaveTitle(/^Chat/);
});
