import type { KeyboardEvent } from 'react';

const panStep = 96;

/** What a key does in the viewer. */
type ViewerAction =
  | { type: 'go'; by: 1 | -1 }
  | { type: 'edge'; edge: 'first' | 'last' }
  | { type: 'step'; direction: 'in' | 'out' }
  | { type: 'whole' }
  | { type: 'real' }
  | { type: 'pan'; by: { x: number; y: number } };

const plain: Record<string, ViewerAction> = {
  ArrowLeft: { type: 'go', by: -1 },
  ArrowRight: { type: 'go', by: 1 },
  Home: { type: 'edge', edge: 'first' },
  End: { type: 'edge', edge: 'last' },
  '0': { type: 'whole' },
  '1': { type: 'real' },
};

const pans: Record<string, ViewerAction> = {
  ArrowLeft: { type: 'pan', by: { x: panStep, y: 0 } },
  ArrowRight: { type: 'pan', by: { x: -panStep, y: 0 } },
  ArrowUp: { type: 'pan', by: { x: 0, y: panStep } },
  ArrowDown: { type: 'pan', by: { x: 0, y: -panStep } },
};

// With Shift or without: where the signs are differs from keyboard to keyboard.
const signs: Record<string, ViewerAction> = {
  '+': { type: 'step', direction: 'in' },
  '=': { type: 'step', direction: 'in' },
  '-': { type: 'step', direction: 'out' },
  _: { type: 'step', direction: 'out' },
};

/** The action of a key that was pressed; undefined where the key is somebody else's. */
export function viewerKey({
  key,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
  target,
}: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>):
  | ViewerAction
  | undefined {
  // The browser's own zoom and its way back stay what they are.
  if (ctrlKey || metaKey || altKey) return undefined;
  if (target instanceof Element && target.matches('input, textarea, select')) return undefined;
  return signs[key] ?? (shiftKey ? pans : plain)[key];
}
