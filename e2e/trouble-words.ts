import { expect, type Locator, type Page } from '@playwright/test';
import { costWords, failureWords } from './failure-words';

// What cards and messages say of a failure, in both languages.

/** A language of the pages. */
type Language = 'en' | 'zh';

/** A fault of the upstream, the trouble that it is to the page, and what it cost. */
export type TroubleRow = readonly [
  fault: string,
  kind: keyof typeof failureWords,
  cost: keyof typeof costWords,
];

/** A prompt that has the upstream fail so, with its name to be found by. */
export const promptOf = (fault: string) => `(${fault}) fault:${fault}`;

/** Checks what a card or message says, in a language. */
export async function expectTrouble(
  place: Locator,
  [, kind, cost]: TroubleRow,
  language: Language,
) {
  const problem = place.getByTestId('problem');
  const [title, advice] = failureWords[kind][language];
  await expect(problem).toContainText(title);
  await expect(problem).toContainText(advice);
  await expect(problem).toContainText(costWords[cost][language]);
  for (const other of ['charged', 'free'] as const) {
    if (other !== cost) await expect(problem).not.toContainText(costWords[other][language]);
  }
  const button = problem.getByRole('button', { name: costWords[cost].button[language] });
  await expect(button).toHaveCount(1);
  await expect(button).toBeEnabled();
}

/** Switches the page to a language. */
export async function switchTo(page: Page, language: Language) {
  await page.getByRole('button', { name: language === 'zh' ? '中文' : 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh' ? 'zh-CN' : 'en');
}
