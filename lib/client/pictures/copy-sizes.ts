/** The longer side of a picture's copy for lists, in pixels. */
export const thumbnailSide = 256;

/** The longer side of what a card shows of a large picture, in pixels. */
export const previewSide = 1600;

/** Above so many bytes a picture is shown on its card by a copy of the size that a card can have. */
export const largeBytes = 8 * 1024 * 1024;
