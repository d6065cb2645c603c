// A file of its own: the pages ask for this class, and have no use for the reader that makes it.

/** Stands in the tree for a string that was too long to keep, or that went to a sink. */
export class LongString {
  constructor(
    /** Length of the whole string, unescaped, in UTF-8 bytes. */
    readonly byteLength: number,
    /** Its first characters: at most 64 bytes of UTF-8, never half a character. */
    readonly head: string,
  ) {}
}
