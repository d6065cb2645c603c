import { describe, expect, it } from 'vitest';
import { createConversation, renamed, titleOf, withMessageSent } from './conversation';
import { createUserMessage } from './message';

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
    const named = renamed(conversation, { name: ' Poster ', firstText: 'a dog' });
    expect(named).toMatchObject({ title: 'Poster', isNamed: true });
    expect(withMessageSent(named, message('x')).title).toBe('Poster');
    expect(renamed(named, { name: ' ', firstText: 'a dog' })).toMatchObject({
      title: 'a dog',
      isNamed: false,
    });
  });
});
