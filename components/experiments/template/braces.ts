/** For sentences with templates: in their own syntax braces mean something else. */
export const braces = { open: '{', close: '}' };
