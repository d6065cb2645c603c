import type { PictureWriting } from '../../core/endpoints/chat/picture-base64';

/** A file of which the base64 is to be written. */
export interface FilePiece {
  file: Blob;
  writing: PictureWriting;
}

/** What the worker is asked to write one after the other. */
export interface EncodeOrder {
  id: number;
  pieces: (string | FilePiece)[];
}

/** What it gives; nothing where a file could not be read. */
export interface EncodedBody {
  id: number;
  body: Blob | undefined;
}
