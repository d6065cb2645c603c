import { describe, expect, it } from 'vitest';
import { painterKey } from './painter-key';

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  painterKey({
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...held,
  });
const event = (action: ReturnType<typeof painterKey>) =>
  action?.type === 'painter' ? action.event : undefined;

describe('keys of the painter', () => {
  it('choose tools, also on a keyboard without Latin letters', () => {
    expect(event(press('b'))).toEqual({ type: 'choose-tool', tool: 'brush' });
    expect(event(press('и', { code: 'KeyB' }))).toEqual({ type: 'choose-tool', tool: 'brush' });
    expect(event(press('Process', { code: 'KeyE' }))).toEqual({
      type: 'choose-tool',
      tool: 'erase',
    });
    expect(event(press('x'))).toEqual({ type: 'swap' });
  });

  it('undo and redo as Windows and Mac do', () => {
    expect(event(press('z', { ctrlKey: true }))).toEqual({ type: 'undo' });
    expect(event(press('z', { metaKey: true }))).toEqual({ type: 'undo' });
    expect(event(press('Z', { ctrlKey: true, shiftKey: true }))).toEqual({ type: 'redo' });
    expect(event(press('y', { ctrlKey: true }))).toEqual({ type: 'redo' });
  });

  it('take brackets also where they are written with AltGr', () => {
    const direction = 1;
    expect(event(press(']', { ctrlKey: true, altKey: true }))).toEqual({
      type: 'step-brush-size',
      direction,
    });
  });

  it('leave the browser’s own alone', () => {
    for (const key of ['b', 'r', 'l', '0', '+', '-', 'v', 'x']) {
      expect(press(key, { ctrlKey: true })).toBeUndefined();
      expect(press(key, { altKey: true })).toBeUndefined();
    }
    expect(press('v')).toBeUndefined();
    expect(press('Enter')).toBeUndefined();
  });
});
