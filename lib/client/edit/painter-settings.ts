import { defaultTools, type ToolSettings } from '../../core/mask/painter';
import type { OverlayLook } from '../canvas/overlay';

/** The user's painter settings, which apply to all masks. */
export interface PainterSettings {
  tools: ToolSettings;
  look: OverlayLook;
}

/** The colours for a mask, so different that one stands out from any picture. */
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

/** The saved settings, or the defaults. */
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
    // Forbidden or full. The next visit starts with the defaults.
  }
}
