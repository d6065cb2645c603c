import { expect, test } from '../studio';
import { expectTrouble, promptOf } from '../trouble-words';

test('600 MB in a browser, which reads 512 MB before it is known that they are none', async ({
  studio,
}) => {
  await studio.run(promptOf('huge'));
  await expect(studio.problem).toBeVisible({ timeout: 10 * 60_000 });
  await expectTrouble(studio.cards, ['huge', 'answer_too_large', 'charged'], 'en');
  expect(studio.sent(promptOf('huge'))).toHaveLength(1);
});
