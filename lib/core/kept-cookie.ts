/**
 * The cookie that says that this browser keeps runs, conversations or experiments. Then the server's first render leaves
 * out the examples of an empty page, which would vanish as soon as these are read.
 */
export const keptCookie = 'kept';
