import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { costWords, failureWords } from '../../e2e/failure-words';
import { en, zh } from './messages';

// Which failure is of which kind, and what it cost: e2e/api/faults.test.ts and
// lib/core/runs/run-failure.test.ts.

const kinds = Object.keys(failureWords) as (keyof typeof failureWords)[];
const sentences = {
  charged: 'charged',
  free: 'nothingMade',
  'safe to repeat': 'sameAgain',
} as const;
const buttons = { charged: 'againCharged', free: 'again', 'safe to repeat': 'again' } as const;

describe.each([
  ['en', en],
  ['zh', zh],
] as const)('a failure in %s', (locale, messages) => {
  const say = createTranslator({ locale, messages });

  it.each(kinds)('of the kind %s has a title and says what to do', (kind) => {
    const [title, advice] = failureWords[kind][locale];
    const values = { origin: 'http://playground.test', unit: 'hour', count: 24 };
    const key = kind === 'rate_limit' ? 'rate_limit.adviceAfter' : (`${kind}.advice` as const);
    expect(say(`trouble.${kind}.title`)).toContain(title);
    expect(say(`trouble.${key}`, values)).toContain(advice);
  });

  it.each(['charged', 'free', 'safe to repeat'] as const)('says what it cost: %s', (cost) => {
    const said = say(`trouble.${sentences[cost]}`, { advice: '…' });
    expect(said).toContain(costWords[cost][locale]);
    for (const other of ['charged', 'free'] as const) {
      if (other !== cost) expect(said).not.toContain(costWords[other][locale]);
    }
    for (const place of ['run', 'chat'] as const) {
      const again =
        place === 'run' ? say(`run.${buttons[cost]}`) : say(`chat.outcome.${buttons[cost]}`);
      if (place === 'chat' && cost === 'safe to repeat') continue;
      expect(again).toMatch(costWords[cost].button[locale]);
    }
  });
});
