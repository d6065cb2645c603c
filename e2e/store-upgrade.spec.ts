import { test } from './studio';
import { expectUpgrade } from './version-two';

test('what an earlier version has stored gets into the index, though the page is closed in between', async ({
  context,
  page,
  studio,
}) => {
  await page.close();
  await expectUpgrade(context, studio.app.url, 2000);
});
