import { readFile } from 'node:fs/promises';
import { expect, test } from './studio';

// Trouble on a run's card: what is said, what can be done, and what is sent again (nothing, but by a
// click that names the price).

for (const [fault, words, retry] of [
  ['content-filter', 'Reword', 'Try again'],
  ['server-error', 'It may have been charged.', 'Try again · may be charged again'],
] as const) {
  test(`${fault}: sends nothing again by itself, and once by a click`, async ({ page, studio }) => {
    const prompt = `once fault:${fault}`;
    await studio.run(prompt);
    await expect(studio.problem).toContainText(words);
    await page.reload();
    await expect(studio.problem).toContainText(words);
    expect(studio.sent(`${prompt}"`)).toHaveLength(1);
    await studio.problem.getByRole('button', { name: retry, exact: true }).click();
    await studio.arrived(`${prompt}"`, 2);
    // It stands in the place of the one that came to nothing.
    await expect(studio.problem).toContainText(words);
    await expect(studio.cards).toHaveCount(1);
    await expect(studio.recent).toHaveCount(1);
    expect(studio.sent(`${prompt}"`)).toHaveLength(2);
  });
}

test('reads when to come back from a date too, and can be told to try now', async ({ studio }) => {
  await studio.run('dated fault:rate-limit-date');
  // Without the date it would be two seconds at most.
  await expect(studio.problem).toContainText(/Try 2 of 5 in 0[01]:[0-5]\d/);
  await expect(studio.problem).not.toContainText(/in 00:0\d/);
  expect(studio.sent('dated fault')).toHaveLength(1);
  await studio.problem.getByRole('button', { name: 'Try now' }).click();
  await expect(studio.pictures).toHaveCount(1);
  await expect(studio.problem).toHaveCount(0);
  expect(studio.sent('dated fault')).toHaveLength(2);
});

test('what arrived of an answer that broke off stays, also over a reload', async ({
  page,
  studio,
}) => {
  await page.getByTestId('count').fill('4');
  await studio.run('partly fault:cut-last');
  await expect(studio.problem).toContainText('The answer is incomplete');
  await expect(studio.pictures).toHaveCount(3);
  await expect(page.getByText(/3 of \d+ arrived complete and are kept below/)).toBeVisible();
  await page.reload();
  await expect(studio.pictures).toHaveCount(3);
  await expect(studio.problem).toContainText('The answer is incomplete');
  expect(studio.sent('partly fault')).toHaveLength(1);
});

test('an answer that the page cannot read is kept, saved as it came, and read again at no cost', async ({
  page,
  studio,
}) => {
  const scripts = /\/_next\/static\/.*\.js/;
  await page.route(scripts, async (route) => {
    const broken = 'if (!globalThis.document) Blob = () => { throw new TypeError("no Blobs"); };\n';
    try {
      const response = await route.fetch();
      await route.fulfill({ response, body: broken + (await response.text()) });
    } catch {
      // The page that asked for it has been left.
    }
  });
  await page.reload();
  await studio.run('cannot be read');
  await expect(studio.problem).toContainText('The answer could not be read here');
  const download = page.waitForEvent('download');
  await studio.problem.getByRole('button', { name: 'Save the answer as a file' }).click();
  const answer = JSON.parse(await readFile(await (await download).path(), 'utf8'));
  expect(answer.data[0].b64_json).toMatch(/^iVBOR/);

  await page.unroute(scripts);
  await page.reload();
  await studio.problem.getByRole('button', { name: 'Read again' }).click();
  await expect(studio.pictures).not.toHaveCount(0);
  await expect(studio.problem).toHaveCount(0);
  expect(studio.sent('cannot be read')).toHaveLength(1);
});

test('a picture that was refused stands beside the one that was not', async ({ page, studio }) => {
  await page.getByTestId('count').fill('2');
  await studio.run('half fault:one-refused');
  await expect(studio.pictures).toHaveCount(1);
  await expect(studio.problem).toContainText('This picture was not returned');
  await expect(studio.problem).toContainText('Held back');
});

test('a proxy’s page in place of the answer neither ends the run nor repeats it', async ({
  page,
  studio,
}) => {
  let pages = 0;
  await page.route('**/answer?*', (route) =>
    pages++ < 2
      ? route.fulfill({ status: 413, contentType: 'text/html', body: '<h1>nginx</h1>' })
      : route.continue(),
  );
  await studio.run('proxied 413');
  await expect(studio.pictures).toHaveCount(1);
  await expect(studio.problem).toHaveCount(0);
  expect(pages).toBeGreaterThan(2);
  expect(studio.sent('proxied 413')).toHaveLength(1);
});

test('the trouble is copied as text, with all that a helper needs and not the prompt', async ({
  page,
  context,
  studio,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await studio.run('my secret plan fault:server-error');
  await studio.problem.getByRole('button', { name: 'Copy details' }).click();
  await expect(studio.problem.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [
    'Something failed on the server',
    'message: Oops',
    'model: turing/gpt-image-2',
    'quality: high',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).toMatch(/^run: [0-9a-f-]{36}$/m);
  expect(text).toMatch(/^time: \d{4}-\d\d-\d\dT/m);
  expect(text).not.toContain('secret');
});
