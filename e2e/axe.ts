import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';

/**
 * The looks in which states are looked at. Most rules are about what stands in the page, whatever its
 * colours: they are asked once, and in the second theme and language only the contrast.
 */
export const looks = [
  { theme: 'light', locale: 'en', rules: 'all' },
  { theme: 'dark', locale: 'zh', rules: 'contrast' },
] as const;
type Look = (typeof looks)[number];

/** Has the pages of a server be in a theme and a language, from the next load on. */
export async function wear(context: BrowserContext, url: string, { theme, locale }: Look) {
  await context.addCookies([
    { name: 'theme', value: theme, url },
    { name: 'locale', value: locale, url },
  ]);
}

/** What axe finds on a page as it is now: each rule with the elements that break it. */
export async function violations(
  page: Page,
  { rules }: Pick<Look, 'rules'> = looks[0],
  include = 'body',
): Promise<string[][]> {
  const axe = new AxeBuilder({ page })
    // Its other mode opens a page for each look, for frames of other origins, of which there are none.
    .setLegacyMode()
    .include(include)
    .options({ resultTypes: ['violations'] });
  if (rules === 'contrast') axe.withRules('color-contrast');
  const { violations: found } = await axe.analyze();
  return found.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
}

/**
 * What axe finds on a page as it is now in the light theme, and of the contrast in the dark one. Words of
 * another language have the same colours.
 */
export async function violationsInBothThemes(page: Page): Promise<string[][]> {
  await turn(page, 'light');
  const found = await violations(page);
  await turn(page, 'dark');
  const inTheDark = await violations(page, looks[1]);
  await turn(page, 'light');
  return [...found, ...inTheDark];
}

/** Gives the page a theme, as its own button does, and waits until all colours have changed. */
function turn(page: Page, theme: Look['theme']): Promise<void> {
  return page.evaluate(async (next) => {
    document.documentElement.dataset.theme = next;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const changes = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(changes.map(({ finished }) => finished));
  }, theme);
}
