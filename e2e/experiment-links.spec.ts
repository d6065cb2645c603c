import { seedExperiment } from './experiment-seed';
import { onePixel } from './sample-pictures';
import { expect, test } from './studio';

// What an experiment shows where no file came.

test('an address in place of a picture is linked, or shown if allowed; what came empty is sent again', async ({
  page,
  studio,
}) => {
  await page.route('http://allowed.test/**', (route) =>
    route.fulfill({ contentType: 'image/png', body: Buffer.from(onePixel, 'base64') }),
  );
  const model = 'turing/gemini-3-pro-image';
  const definition = {
    template: 'no-file fault:{asked: chat-link|chat-allowed-link|chat-silence}',
    models: [{ id: model, model, options: {}, size: null }],
  };
  await seedExperiment(page, { id: 'no-file', name: '', definition }, 0);
  await page.goto(`${studio.app.url}/experiments?open=no-file`);
  await page.waitForLoadState('networkidle');
  await page.getByTestId('experiment-run').click();
  await expect(page.getByTestId('progress')).toHaveText('3 of 3 · 1 failed');

  const linked = page.locator('[data-state=links]');
  const sheet = page.getByTestId('cell-sheet');
  await linked.first().click();
  await expect(sheet.getByRole('link', { name: /pictures\.test/ })).toHaveAttribute(
    'href',
    'http://pictures.test/bear.png',
  );
  await page.keyboard.press('Escape');
  await linked.last().click();
  await expect(sheet.getByTestId('result-image')).toHaveAttribute(
    'src',
    'http://allowed.test/bear.png',
  );
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Retry 1 request' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry 1 request' }).click();
  await studio.arrived('chat-silence', 2);
  await expect(page.getByTestId('progress')).toHaveText('3 of 3 · 1 failed');
  expect(studio.sent('no-file')).toHaveLength(4);
});
