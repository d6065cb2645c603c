import type { KeyboardEvent } from 'react';
import { type PanZoomAction, zoomOfKey } from '@/lib/core/pictures/pan-zoom';

const panStep = 96;

type ViewerAction =
  | { type: 'go'; by: 1 | -1 }
  | { type: 'edge'; edge: 'first' | 'last' }
  | { type: 'details' }
  | PanZoomAction;

const plain: Record<string, ViewerAction> = {
  ArrowLeft: { type: 'go', by: -1 },
  ArrowRight: { type: 'go', by: 1 },
  Home: { type: 'edge', edge: 'first' },
  End: { type: 'edge', edge: 'last' },
  i: { type: 'details' },
};

const withShift: Record<string, ViewerAction> = {
  ArrowLeft: { type: 'pan', by: { x: panStep, y: 0 } },
  ArrowRight: { type: 'pan', by: { x: -panStep, y: 0 } },
  ArrowUp: { type: 'pan', by: { x: 0, y: panStep } },
  ArrowDown: { type: 'pan', by: { x: 0, y: -panStep } },
};

/** The action of a pressed key; undefined for keys of the browser and of text fields. */
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
  if (ctrlKey || metaKey || altKey) return undefined;
  if (target instanceof Element && target.matches('input, textarea, select')) return undefined;
  return zoomOfKey(key) ?? (shiftKey ? withShift : plain)[key];
}
