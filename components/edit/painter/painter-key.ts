import type { PainterEvent, Tool } from '@/lib/core/mask/painter';
import { type PanZoomAction, zoomOfKey } from '@/lib/core/pictures/pan-zoom';

/** What a key does while a mask is painted. */
type PainterAction =
  | { type: 'painter'; event: PainterEvent }
  | { type: 'view'; action: PanZoomAction }
  /** While the key is held, the pointer moves the picture. */
  | { type: 'hold' };

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const tools: Record<string, Tool> = { b: 'brush', e: 'erase', r: 'rectangle', l: 'lasso' };

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
  if (key === ' ') return { type: 'hold' };
  const action = zoomOfKey(key);
  if (action) return { type: 'view', action };
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
