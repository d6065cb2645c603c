import type { PainterEvent, Tool } from '@/lib/core/mask/painter';

/** What a key does while a mask is painted. */
type PainterAction =
  | { type: 'painter'; event: PainterEvent }
  | { type: 'step'; direction: 'in' | 'out' }
  | { type: 'whole' }
  | { type: 'real' }
  | { type: 'hold' };

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const tools: Record<string, Tool> = { b: 'brush', e: 'erase', r: 'rectangle', l: 'lasso' };

// With Shift or without: where the signs are differs from keyboard to keyboard.
const views: Record<string, PainterAction> = {
  '0': { type: 'whole' },
  '1': { type: 'real' },
  '+': { type: 'step', direction: 'in' },
  '=': { type: 'step', direction: 'in' },
  '-': { type: 'step', direction: 'out' },
  _: { type: 'step', direction: 'out' },
  ' ': { type: 'hold' },
};

const painter = (event: PainterEvent): PainterAction => ({ type: 'painter', event });

/** Reads a key; undefined if it is none of the painter's. */
export function painterKey(pressed: Pressed): PainterAction | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = pressed;
  // Brackets need AltGr on many keyboards, which comes as Ctrl and Alt.
  if (key === '[') return painter({ type: 'step-brush-size', direction: -1 });
  if (key === ']') return painter({ type: 'step-brush-size', direction: 1 });
  if (altKey) return undefined;
  const letter = letterOf(pressed);
  if (ctrlKey || metaKey) {
    if (letter === 'z') return painter({ type: shiftKey ? 'redo' : 'undo' });
    return letter === 'y' && !shiftKey ? painter({ type: 'redo' }) : undefined;
  }
  if (shiftKey && letter === 'v') return painter({ type: 'apply', operation: { kind: 'invert' } });
  if (views[key]) return views[key];
  if (shiftKey) return undefined;
  if (letter === 'x') return painter({ type: 'swap' });
  const tool = tools[letter];
  return tool && painter({ type: 'choose-tool', tool });
}

/** The letter of a key; by its place where the keyboard writes no Latin ones. */
function letterOf({ key, code }: Pressed): string {
  return /^[a-z]$/i.test(key)
    ? key.toLowerCase()
    : (/^Key([A-Z])$/.exec(code)?.[1] ?? '').toLowerCase();
}
