import { releaseStep } from './fault-upstream';
import { expect, test } from './studio';

test('a picture that is looked at stays where it is when its run ends', async ({
  page,
  studio,
}) => {
  await page.getByTestId('count').fill('2');
  await studio.run('looked at fault:kept-alive');
  await expect(studio.pictures).toHaveCount(1);
  const first = await studio.pictures.elementHandle();
  await page.getByRole('button', { name: /^View large/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  releaseStep();
  await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
  await expect(studio.pictures).toHaveCount(2);
  await expect(page.getByRole('dialog')).toBeVisible();
  // The same element: it has not gone and come again.
  expect(await first?.evaluate((image) => image.isConnected)).toBe(true);
});
