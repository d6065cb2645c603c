import { expect, test } from '@playwright/test';
import { looks, violations, wear } from './axe';
import { badFiles, type PictureFile } from './reference-pictures';
import { open, pick, red, thumbs, turned } from './references-page';

// The references by axe, and on every width of a screen.

for (const look of looks) {
  test(`axe finds nothing, and nothing hangs over: ${look.theme}, ${look.locale}`, async ({
    page,
    context,
    baseURL,
  }) => {
    await wear(context, baseURL ?? '', look);
    await open(page);
    const { 'photo.heic': heic, 'web.webp': webp, 'bomb.png': bomb } = await badFiles();
    await pick(page, turned, red, ...([heic, webp, bomb] as PictureFile[]));
    await expect(thumbs(page)).toHaveCount(2);
    await expect(page.getByTestId('problem')).toHaveCount(3);
    await thumbs(page).nth(1).press('Delete');
    await thumbs(page).first().click();
    expect(await violations(page, look, '[data-param=image]')).toEqual([]);
    for (const width of [320, 390, 1024]) {
      await page.setViewportSize({ width, height: 844 });
      const overhanging = page
        .locator('[data-param=image] *')
        .evaluateAll((all) =>
          all
            .filter((element) => element.getBoundingClientRect().right > window.innerWidth)
            .map(({ outerHTML }) => outerHTML.slice(0, 200)),
        );
      expect(await overhanging).toEqual([]);
    }
  });
}
