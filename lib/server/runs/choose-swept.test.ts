import { expect, it } from 'vitest';
import { chooseSwept } from './choose-swept';

/** Answers of ten bytes: owner, when it ended (`+`: under way), and `r` if it was read. */
const answers = (text: string) =>
  text.split(' ').map((name) => ({
    name,
    owner: name.charAt(0),
    diskBytes: 10,
    endedAt: name.endsWith('+') ? null : Number.parseInt(name.slice(1), 10),
    isRead: name.endsWith('r'),
  }));
const swept = (text: string, bytes: number, owner: string) =>
  chooseSwept(answers(text), { bytes, owner, held: 0 })
    .map(({ name }) => name)
    .join(' ');

it.each([
  ['read before unread', 'a1 a2 a3 b4r', 10, 'c', 'b4r'],
  ['read: of whoever holds most', 'a3r b1r a4', 10, 'c', 'a3r'],
  ['read: the oldest', 'a3r a2r b1', 10, 'c', 'a2r'],
  ['read: until another holds most', 'a2r a3r a4r b1r b5r', 30, 'c', 'a2r b1r a3r'],
  ['then unread, of whoever holds most', 'a1r b2 b3 b4 c5', 20, 'd', 'a1r b2'],
  ['a visitor who fills the room loses first', 'a1 a2 a3 a4 b0', 20, 'b', 'a1 a2'],
  ['and gets no more', 'a1 a2 a3 b0', 10, 'a', ''],
  ['not by what others have read either', 'a1 a2 a3 b0r', 10, 'a', ''],
  ['but by what it has read itself', 'a1 a2r a3 b0', 10, 'a', 'a2r'],
  ['who has the room alone keeps what is unread', 'a1 a2', 10, 'a', ''],
  ['nobody is greedy: the oldest of whoever holds most', 'a1 b2 c3 d4', 10, 'e', 'a1'],
  ['nobody is greedy: as much as others loses its own', 'a3 a4 b1 b2', 10, 'a', 'a3'],
  ['nobody is greedy: twice as much is not yet', 'a2 a3 b1', 10, 'a', 'a2'],
  ['what is under way stays', 'a1+ a2+ a3+ b4', 10, 'c', 'b4'],
  ['what is under way counts', 'a1+ a2+ a3 b0 b4', 10, 'c', 'a3'],
  ['whoever holds less than the asker loses nothing', 'a1+ a2+ b3', 10, 'a', ''],
  ['all of it would not be enough', 'a1r a2 b3r', 40, 'c', ''],
])('%s', (_, text, bytes, owner, expected) => {
  expect(swept(text, bytes, owner)).toBe(expected);
});

it('what the answer that needs room has already makes nobody greedy', () => {
  const runs = answers('a1 b2+');
  expect(chooseSwept(runs, { bytes: 10, owner: 'b', held: 0 })).toEqual([]);
  expect(chooseSwept(runs, { bytes: 10, owner: 'b', held: 10 })).toMatchObject([{ name: 'a1' }]);
});

it('what takes no room stays', () => {
  const empty = { owner: 'a', diskBytes: 0, endedAt: 1, isRead: true };
  expect(chooseSwept([empty], { bytes: 1, owner: 'b', held: 0 })).toEqual([]);
});
