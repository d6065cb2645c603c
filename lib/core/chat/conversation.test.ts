import { describe, expect, it } from 'vitest';
import {
  createConversation,
  pathOf,
  pathTo,
  renamed,
  stepsOf,
  titleOf,
  withChosen,
  withMessageSent,
} from './conversation';
import { createUserMessage, type UserMessage } from './message';

const conversation = createConversation('c', 1);
const message = (text: string, names: string[] = []) =>
  createUserMessage({
    id: 'u',
    conversation: 'c',
    parent: null,
    now: 5,
    text,
    pictures: names.map((name) => ({
      id: name,
      hash: name,
      name,
      byteLength: 1,
      header: undefined,
    })),
  });

describe('the name of a conversation', () => {
  it('is the first words of its first message', () => {
    const named = withMessageSent(conversation, message('  a dog\nwith a hat '));
    expect(named).toMatchObject({ title: 'a dog with a hat', isNamed: false, updatedAt: 5 });
    expect(withMessageSent(named, message('later')).title).toBe('a dog with a hat');
  });

  it('is cut between words, and between characters where there are none', () => {
    expect(titleOf('word '.repeat(30))).toBe(`${'word '.repeat(11)}word…`);
    expect([...titleOf('橘猫'.repeat(50))]).toHaveLength(61);
    expect(titleOf('🎈'.repeat(100))).toBe(`${'🎈'.repeat(60)}…`);
  });

  it('is that of its picture where there are no words', () => {
    expect(withMessageSent(conversation, message(' ', ['cat.png'])).title).toBe('cat.png');
  });

  it('can be given, and given back', () => {
    const named = renamed(conversation, { name: ' Poster ', first: message('a dog') });
    expect(named).toMatchObject({ title: 'Poster', isNamed: true });
    expect(withMessageSent(named, message('x')).title).toBe('Poster');
    const withoutName = (first?: UserMessage) => renamed(named, { name: ' ', first });
    expect(withoutName(message('a dog'))).toMatchObject({ title: 'a dog', isNamed: false });
    expect(withoutName(message('', ['cat.png'])).title).toBe('cat.png');
    expect(withoutName()).toMatchObject({ title: '', isNamed: false });
  });
});

const node = (id: string, parent: string | null, createdAt: number) => ({
  id,
  parent,
  createdAt,
});
// u1 → a1 → u2 → a2, a1 asked for again (b1 → u3), u2 said otherwise (v2).
const messages = [
  node('u1', null, 1),
  node('a1', 'u1', 2),
  node('u2', 'a1', 3),
  node('a2', 'u2', 4),
  node('b1', 'u1', 5),
  node('u3', 'b1', 6),
  node('v2', 'a1', 7),
];
const ids = (path: { id: string }[]) => path.map(({ id }) => id).join(' ');

describe('the way that is shown', () => {
  it('takes the newest where nothing was chosen', () => {
    expect(ids(pathOf(messages, {}))).toBe('u1 b1 u3');
    expect(ids(pathOf([], {}))).toBe('');
  });

  it('takes what was chosen, and comes back to where it was', () => {
    const toFirst = withChosen({}, { id: 'a1', parent: 'u1' });
    expect(ids(pathOf(messages, toFirst))).toBe('u1 a1 v2');
    const toOld = withChosen(toFirst, { id: 'u2', parent: 'a1' });
    expect(ids(pathOf(messages, toOld))).toBe('u1 a1 u2 a2');
    const away = withChosen(toOld, { id: 'b1', parent: 'u1' });
    expect(ids(pathOf(messages, away))).toBe('u1 b1 u3');
    expect(ids(pathOf(messages, withChosen(away, { id: 'a1', parent: 'u1' })))).toBe('u1 a1 u2 a2');
  });

  it('may begin in several ways', () => {
    const more = [...messages, node('w1', null, 9)];
    expect(ids(pathOf(more, {}))).toBe('w1');
    expect(ids(pathOf(more, withChosen({}, { id: 'u1', parent: null })))).toBe('u1 b1 u3');
  });

  it('takes another one where the chosen one is gone', () => {
    expect(ids(pathOf(messages, { u1: 'gone' }))).toBe('u1 b1 u3');
  });

  it('ends, whatever is kept', () => {
    const circle = [node('a', null, 1), node('b', 'a', 2), node('a', 'b', 3)];
    expect(pathOf(circle, {}).length).toBeLessThan(4);
  });

  it('tells what stands beside each message, oldest first', () => {
    expect(stepsOf(messages, { u1: 'a1' })).toEqual([
      { id: 'u1', siblings: ['u1'] },
      { id: 'a1', siblings: ['a1', 'b1'] },
      { id: 'v2', siblings: ['u2', 'v2'] },
    ]);
  });
});

it('the way to a message is the one that it was said on', () => {
  const byId = new Map(messages.map((one) => [one.id, one]));
  expect(ids(pathTo(byId, 'a2'))).toBe('u1 a1 u2 a2');
  expect(pathTo(byId, 'unknown')).toEqual([]);
});
