import { openChat } from './chat-page';
import { expect, test } from './studio';

test('a hostile answer runs nothing, loads nothing and leads nowhere', async ({
  page,
  servers,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const chat = await openChat(page, servers.app.url);
  await chat.ask('fault:chat-hostile');
  // It is shown for what it is: text.
  await expect(chat.last).toContainText('<script>window.hacked=1</script>');
  await expect(chat.last).toContainText('onerror="window.hacked=1"');
  await expect(chat.last.getByText('tracker')).toBeVisible();
  // Until what reads markdown has been loaded, it is all plain text.
  await expect(chat.last.locator('a')).toHaveCount(2);
  const links = await chat.last
    .locator('a')
    .evaluateAll((all) =>
      (all as HTMLAnchorElement[]).map(({ href, target, rel }) => ({ href, target, rel })),
    );
  const safe = { target: '_blank', rel: 'noopener noreferrer' };
  expect(links).toEqual([
    { href: 'http://tracker.test/pixel.png', ...safe },
    { href: 'https://example.com/page', ...safe },
  ]);
  await expect(chat.last.locator('script, iframe, object, embed, img, [onerror]')).toHaveCount(0);
  await expect(chat.last.getByTestId('problem')).toHaveCount(3);
  await chat.ask('fault:chat-svg');
  await expect(chat.last.getByTestId('problem')).toHaveCount(3);
  await expect(chat.pictures).toHaveCount(0);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  const { origin } = new URL(servers.app.url);
  expect(asked.filter((url) => !url.startsWith(origin) && !url.startsWith('blob:'))).toEqual([]);
});
