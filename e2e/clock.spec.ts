import { releaseStep } from './fault-upstream';
import { expect, test } from './studio';
import { finish, isUnderWay, runPages } from './three-pages';
import { shiftClock } from './wrong-clock';

// A computer's clock can be hours wrong. What a page says of times is the server's.

const hour = 60 * 60 * 1000;

for (const [index, { name, open, start, showFirst, held, heldPictures }] of runPages.entries()) {
  const shift = index === 1 ? 5 * hour : -5 * hour;
  test(`${name}: times are right on a wrong clock, also after it was put right`, async ({
    page,
    context,
    studio,
  }) => {
    await shiftClock(page, shift);
    await open(page, studio.app.url);
    await start(page, `wrong clock ${held}`);
    await studio.arrived(`wrong clock ${held}`);
    const seconds = /\b00:[0-5]\d/;
    await expect(page.getByRole('timer').first()).toHaveText(seconds);
    const right = await context.newPage();
    await right.goto(page.url());
    await isUnderWay(right);
    await expect(right.getByRole('timer').first()).toHaveText(seconds);
    await showFirst(page);
    await finish(page, heldPictures);
    await expect(right.getByTestId('stop')).toHaveCount(0);
    expect(studio.sent(`wrong clock ${held}`)).toHaveLength(1);
  });
}

for (const shift of [-5 * hour, 5 * hour]) {
  const wrong = `${shift < 0 ? 'behind' : 'ahead'} by hours`;
  test(`all times are right on a clock that is ${wrong}`, async ({ page, studio }) => {
    await shiftClock(page, shift);
    await page.reload();
    const before = Date.now();
    await studio.run('dated');
    await expect(studio.pictures).toHaveCount(1);
    const time = studio.cards.locator('time');
    const at = Date.parse((await time.getAttribute('datetime')) ?? '');
    expect(at).toBeGreaterThanOrEqual(before - 1000);
    expect(at).toBeLessThanOrEqual(Date.now() + 1000);

    await studio.run('limited fault:rate-limit');
    await expect(studio.problem).toContainText(/Try 2 of 5 in 00:0\d/);
    await studio.stop.click();
    await expect(studio.cards.first()).toContainText('Nothing was made');

    await studio.run('stopped fault:held');
    await studio.arrived('stopped fault:held');
    releaseStep();
    await expect(studio.pictures).toHaveCount(2);
    await studio.stop.click();
    await expect(studio.cards.first()).toContainText(/Stopped after \d+\.\d s/);
  });
}
