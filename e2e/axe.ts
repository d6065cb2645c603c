import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds on a page as it is now: each rule with the elements that break it. */
export async function violations(page: Page): Promise<string[][]> {
  const { violations: found } = await new AxeBuilder({ page })
    // Its other mode opens a page for each look, for frames of other origins, of which there are none.
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  return found.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
}
