import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inPieces } from './in-pieces';

describe('files in pieces', () => {
  it('are all there, in their order, and no piece is too large unless one file is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 })), (sizes) => {
        const files = sizes.map((bytes, id) => ({ bytes, id }));
        const pieces = inPieces(files, 20);
        expect(pieces.flat()).toEqual(files);
        for (const piece of pieces) {
          const bytes = piece.reduce((sum, file) => sum + file.bytes, 0);
          expect(piece.length === 1 || bytes <= 20).toBe(true);
        }
      }),
    );
  });
});
