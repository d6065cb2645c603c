import { test } from '../studio';
import { expectUpgrade } from '../version-two';

test('ten thousand runs of an earlier version get into the index', async ({
  context,
  page,
  studio,
}) => {
  await page.close();
  await expectUpgrade(context, studio.app.url, 10_000);
});
