/** From here on the settings stand beside the conversation; the same border as in the page's classes. */
export const roomForSettings = '(width >= 1100px)';
