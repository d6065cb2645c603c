const usualSide = 380;

/** How wide a picture of a conversation stands, in pixels: each shape takes about the same area. */
export function pictureWidth(aspect: number): number {
  return Math.round(Math.min(600, usualSide * Math.sqrt(aspect)));
}
