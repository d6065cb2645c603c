/** What the worker is asked for. */
export interface ShrinkOrder {
  id: number;
  picture: Blob;
  /** In pixels. */
  longerSide: number;
}

/** What it gives; no image where the picture cannot be decoded. */
export interface ShrunkPicture {
  id: number;
  image: Blob | undefined;
}
