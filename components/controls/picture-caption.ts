/**
 * The line below a picture or its place. It has the same height in both, so that nothing moves when the
 * picture comes: one line of facts, and where there is no mouse, room for the buttons beside or below.
 */
export const captionLook = 'mt-1 min-h-[26px] no-hover:min-h-8 no-hover:@max-[330px]:min-h-[60px]';
