import type { Page } from '@playwright/test';

/** Has the page's clock be wrong by so much, from its next load on. */
export async function shiftClock(page: Page, milliseconds: number): Promise<void> {
  await page.addInitScript((shift) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given: []) {
        super(...(given.length > 0 ? given : ([Real.now() + shift] as unknown as [])));
      }
      static override now() {
        return Real.now() + shift;
      }
    } as DateConstructor;
  }, milliseconds);
}
