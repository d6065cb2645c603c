import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyPromptHistory,
  type PromptHistory,
  type PromptHistoryEvent,
  promptHistory,
  shownPrompt,
} from './prompt-history';

const historyOf = (...events: PromptHistoryEvent[]): PromptHistory =>
  events.reduce(promptHistory, emptyPromptHistory);
const opened = (...earlier: string[]): PromptHistoryEvent => ({ type: 'opened', earlier });
const typed = (text: string): PromptHistoryEvent => ({ type: 'typed', text });
const picked = (text: string): PromptHistoryEvent => ({ type: 'picked', text });
const older: PromptHistoryEvent = { type: 'older' };
const newer: PromptHistoryEvent = { type: 'newer' };
const shown = (...events: PromptHistoryEvent[]) => shownPrompt(historyOf(...events));

describe('promptHistory', () => {
  it('walks to earlier prompts and back to the draft', () => {
    const start = [typed('draft'), opened('new', 'old')];
    expect(shown(...start)).toBe('draft');
    expect(shown(...start, older)).toBe('new');
    expect(shown(...start, older, older)).toBe('old');
    expect(shown(...start, older, older, newer)).toBe('new');
    expect(shown(...start, older, older, newer, newer)).toBe('draft');
  });

  it('stops at both ends', () => {
    const start = [typed('draft'), opened('new', 'old')];
    expect(shown(...start, newer, newer)).toBe('draft');
    expect(shown(...start, older, older, older, older)).toBe('old');
    expect(shown(...start, older, older, older, older, newer)).toBe('new');
  });

  it('stays where it is without earlier prompts', () => {
    expect(shown(typed('draft'), opened(), older)).toBe('draft');
  });

  it('passes each prompt once, and neither an empty one nor the draft itself', () => {
    const { prompts } = historyOf(typed('b'), opened('a', 'b', '', '  ', 'a', 'c', 'b'));
    expect(prompts).toEqual(['a', 'c']);
  });

  it('makes what is typed during a walk the new draft, and puts the old one aside', () => {
    const events = [typed('draft'), opened('new', 'old'), older, typed('new, but red')];
    expect(shown(...events)).toBe('new, but red');
    const again = [...events, opened('new', 'old')];
    expect(shown(...again, older)).toBe('draft');
    expect(shown(...again, older, newer)).toBe('new, but red');
  });

  it('puts the draft aside when a prompt is picked from the list', () => {
    const events = [typed('draft'), picked('old'), opened('new', 'old')];
    expect(shown(...events)).toBe('old');
    expect(shown(...events, older)).toBe('draft');
    expect(historyOf(...events).prompts).toEqual(['draft', 'new']);
  });

  it('takes a text that did not change for no event', () => {
    const walking = historyOf(typed('draft'), opened('new'), older);
    expect(promptHistory(walking, typed('new'))).toBe(walking);
  });

  it('keeps its place when the prompts are asked for in the middle of a walk', () => {
    expect(shown(typed('draft'), opened('new', 'old'), older, opened('newest'))).toBe('new');
  });

  it('never loses a draft', () => {
    const event = fc.oneof(
      fc.string({ minLength: 1, maxLength: 3 }).map(typed),
      fc.constantFrom('p', 'q', 'r').map(picked),
      fc.constant(opened('p', 'q', 'r')),
      fc.constant(older),
      fc.constant(newer),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const history = events.reduce(
          // Typing at the draft itself changes it, as it should.
          (before, event) =>
            event.type === 'typed' && before.place === 0 ? before : promptHistory(before, event),
          historyOf(typed('the draft')),
        );
        expect([history.draft, ...history.putAside]).toContain('the draft');
      }),
    );
  });
});
