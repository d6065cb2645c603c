import { defaultTools, type ToolSettings } from '../../core/mask/painter';
import type { OverlayLook } from '../canvas/overlay';

/** How somebody has set the painter, for all masks. */
export interface PainterSettings {
  tools: ToolSettings;
  look: OverlayLook;
}

/** The colours in which a mask can be shown; no picture has all of them. */
export const overlayColours = {
  red: '#ff2d6f',
  blue: '#00b7ff',
  green: '#52e01f',
  amber: '#ffb300',
  white: '#ffffff',
  black: '#000000',
} as const;

const key = 'painter-settings';
const look: OverlayLook = { colour: overlayColours.red, strength: 0.6 };

/** The settings as they were left; the usual ones if nothing is kept. */
export function loadPainterSettings(): PainterSettings {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}');
    return { tools: { ...defaultTools, ...kept.tools }, look: { ...look, ...kept.look } };
  } catch {
    return { tools: defaultTools, look };
  }
}

export function keepPainterSettings(settings: PainterSettings): void {
  try {
    localStorage.setItem(key, JSON.stringify(settings));
  } catch {
    // Forbidden or full: they are the usual ones the next time.
  }
}
