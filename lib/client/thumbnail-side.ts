/** The longer side of a picture's copy for lists, in pixels. */
export const thumbnailSide = 256;
