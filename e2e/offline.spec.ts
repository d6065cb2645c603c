import type { Page } from '@playwright/test';
import { addReferences, noiseFile, openEdit } from './edit-page';
import { type FaultProxy, startFaultProxy } from './fault-proxy';
import { releaseStep } from './fault-upstream';
import { test as base, expect } from './studio';
import { finish, isUnderWay, lostWords, runPages } from './three-pages';

// Networks and servers that go away and come back, for every page that starts runs. Whatever happens
// on the way, the upstream is asked once.

const test = base.extend<{ way: FaultProxy }>({
  way: async ({ studio }, use) => {
    const proxy = await startFaultProxy(studio.app.url);
    await use(proxy);
    await proxy.close();
  },
});
const answer = /^GET \/api\/runs\/[^/]+\/answer/;
/** From which bytes answers were asked for. */
const offsets = (way: FaultProxy) =>
  way.seen.filter((line) => answer.test(line)).map((line) => Number(line.split('offset=')[1]));
const notice = (page: Page) => page.getByText(lostWords);

for (const { name, open, start, showFirst, post, held, heldBytes, heldPictures, ok } of runPages) {
  test.describe(name, () => {
    test.beforeEach(({ page, way }) => open(page, way.url));

    test('an answer that is cut goes on from its byte', async ({ page, way, studio }) => {
      const cut = way.befall(answer, { kind: 'cut-answer', bytes: heldBytes + 20 });
      await start(page, `cut ${held}`);
      await studio.arrived(`cut ${held}`);
      await showFirst(page);
      await finish(page, heldPictures);
      expect(cut.met).toBe(1);
      const [first, second] = offsets(way);
      expect(first).toBe(0);
      expect(second).toBeGreaterThanOrEqual(heldBytes);
      expect(second).toBeLessThanOrEqual(heldBytes + 20);
      expect(studio.sent(`cut ${held}`)).toHaveLength(1);
    });

    test('an answer that ends too soon as if it were whole goes on from its byte', async ({
      page,
      way,
      studio,
    }) => {
      way.befall(answer, { kind: 'end-answer', bytes: 70 });
      await start(page, `ended ${ok}`);
      await finish(page, 1);
      expect(offsets(way)).toEqual([0, 70]);
      expect(studio.sent(`ended ${ok}`)).toHaveLength(1);
    });

    for (const mishap of [{ kind: 'drop-answer' }, { kind: 'page-after', status: 504 }] as const) {
      const what = 'status' in mishap ? `${mishap.status} in place of it` : 'it is lost';
      test(`the answer to the start: ${what}`, async ({ page, way, studio }) => {
        const lost = way.befall(post, mishap);
        await start(page, `reply ${ok}`);
        await finish(page, 1);
        expect(lost.met).toBe(1);
        await expect(page.getByTestId('problem')).toHaveCount(0);
        expect(studio.sent(`reply ${ok}`)).toHaveLength(1);
      });
    }

    test('started while the server is away, it begins when it is back', async ({
      page,
      way,
      studio,
    }) => {
      await way.goAway();
      await start(page, `away ${ok}`);
      await expect(notice(page)).toBeVisible();
      await isUnderWay(page);
      // Nothing is being made yet that would take time.
      await expect(page.getByRole('timer')).toHaveCount(0);
      await way.comeBack();
      await finish(page, 1);
      await expect(notice(page)).toBeHidden();
      expect(studio.sent(`away ${ok}`)).toHaveLength(1);
    });

    test('the network goes while it waits, and comes back', async ({ page, way, studio }) => {
      await start(page, `network ${held}`);
      await studio.arrived(`network ${held}`);
      await page.context().setOffline(true);
      await way.goAway();
      await expect(notice(page)).toBeVisible();
      releaseStep();
      await way.comeBack();
      await page.context().setOffline(false);
      await finish(page, heldPictures);
      await expect(notice(page)).toBeHidden();
      expect(studio.sent(`network ${held}`)).toHaveLength(1);
    });

    test('a laptop that sleeps meanwhile has everything when it wakes', async ({
      page,
      studio,
    }) => {
      await start(page, `asleep ${held}`);
      await studio.arrived(`asleep ${held}`);
      const browser = await page.context().newCDPSession(page);
      await browser.send('Page.setWebLifecycleState', { state: 'frozen' });
      releaseStep();
      await browser.send('Page.setWebLifecycleState', { state: 'active' });
      await finish(page, heldPictures);
      expect(studio.sent(`asleep ${held}`)).toHaveLength(1);
    });

    test('stopped while the server is away, it is stopped when that is back', async ({
      page,
      way,
      studio,
    }) => {
      await start(page, `stopped ${held}`);
      await studio.arrived(`stopped ${held}`);
      await way.goAway();
      await page.getByTestId('stop').click();
      await expect(page.getByTestId('stop')).toHaveCount(0);
      await way.comeBack();
      await studio.sent(`stopped ${held}`)[0]?.closed;
      await expect(page.getByText(/^Stopped/).first()).toBeVisible();
    });

    test('stopped in the midst of its answer, the upstream is ended', async ({ page, studio }) => {
      await start(page, `halfway ${held}`);
      await studio.arrived(`halfway ${held}`);
      releaseStep();
      await isUnderWay(page);
      await page.getByTestId('stop').click();
      await studio.sent(`halfway ${held}`)[0]?.closed;
      await expect(page.getByText(/^Stopped/).first()).toBeVisible();
      expect(studio.sent(`halfway ${held}`)).toHaveLength(1);
    });

    test('a server that is killed meanwhile says what it lost', async ({ page, studio }) => {
      await start(page, `killed ${held}`);
      await studio.arrived(`killed ${held}`);
      await studio.app.killAndRestart();
      await expect(page.getByTestId('problem')).toContainText('was restarted');
      await expect(page.getByTestId('problem')).toContainText('may have been charged');
      expect(studio.sent(`killed ${held}`)).toHaveLength(1);
    });
  });
}

test('a page that cannot be opened leaves the one that is there', async ({ page, way }) => {
  await openEdit(page, way.url);
  await addReferences(page, [await noiseFile('kept.png')]);
  await page.getByTestId('prompt').fill('kept as well');
  await way.goAway();
  const said = page.getByText('The server cannot be reached, so this page stays open.');
  for (const name of ['Generate', 'Chat']) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(said).toBeVisible();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(said).toBeHidden();
  }
  await page.getByRole('button', { name: '中文' }).click();
  await expect(said).toBeVisible();
  await expect(page.getByTestId('prompt')).toHaveValue('kept as well');
  await expect(page.getByTestId('ref-thumb')).toHaveCount(1);
  await way.comeBack();
  await page.getByRole('link', { name: 'Generate', exact: true }).click();
  await expect(page).toHaveURL(`${way.url}/`);
  await expect(said).toBeHidden();
});

test.describe('sixteen references on their way', () => {
  const count = 16;
  const begin = async (page: Page, way: FaultProxy) => {
    await openEdit(page, way.url);
    const files = Array.from({ length: count }, (_, index) => noiseFile(`noise-${index}.png`));
    await addReferences(page, await Promise.all(files));
  };

  test('go out once, though the network fails in the midst of it', async ({
    page,
    way,
    studio,
  }) => {
    await begin(page, way);
    const cut = way.befall(/^POST .*edits/, { kind: 'cut-upload', bytes: 1_000_000 }, 2);
    await studio.run('sixteen at once');
    await finish(page, 1);
    expect(cut.met).toBe(2);
    expect(studio.sent('sixteen at once').filter(({ complete }) => complete)).toHaveLength(1);
  });

  test('can be stopped in the midst of it: the upstream never has them all', async ({
    page,
    way,
    studio,
  }) => {
    await begin(page, way);
    const slow = { latency: 0, downloadThroughput: -1, uploadThroughput: 200_000 };
    const browser = await page.context().newCDPSession(page);
    await browser.send('Network.emulateNetworkConditions', { offline: false, ...slow });
    await studio.run('sixteen, stopped');
    await expect.poll(() => studio.sent('sixteen, stopped').length).toBe(1);
    await page.getByTestId('stop').click();
    const [sent] = studio.sent('sixteen, stopped');
    await sent?.closed;
    expect(sent?.complete).toBe(false);
    await expect(studio.cards).toContainText('Stopped');
    const states = async () => {
      const { runs } = await (await page.request.get(`${studio.app.url}/api/runs`)).json();
      return runs.map(({ state }: { state: string }) => state);
    };
    await expect.poll(states).not.toContain('uploading');
  });
});

test('what is loaded later and cannot be says so, begins nothing twice, and comes by itself', async ({
  page,
  studio,
}) => {
  let isAway = false;
  const scripts = /_next\/static\/chunks\//;
  await page.route(scripts, (route) => (isAway ? route.abort() : route.continue()));
  // What the first picture needs is there by then, and nothing else.
  page.on('load', () => {
    isAway = true;
  });
  await page.goto(studio.app.url);
  await expect(studio.submit).toBeEnabled();
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(sheet).toContainText('This part');
  await page.keyboard.press('Escape');
  await studio.prompt.fill('once');
  await studio.submit.click();
  await expect(studio.submit).toHaveText(/^Starting/);
  await studio.submit.click();
  isAway = false;
  await expect(studio.pictures).toHaveCount(1);
  expect(studio.sent('once')).toHaveLength(1);
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(sheet).toContainText('Go to the prompt');
});
