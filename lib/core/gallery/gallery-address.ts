import { filterKinds, type Search } from './filters';

export const wallSizes = ['small', 'medium', 'large'] as const;
export type WallSize = (typeof wallSizes)[number];

/** A place on the wall: a tile, and how far below the view's upper edge its own is, in pixels. */
export interface WallPlace {
  key: string;
  offset: number;
}

/** What of a gallery's state its address holds. */
export interface GalleryAddress {
  search: Search;
  size: WallSize;
  isStacked: boolean;
  /** Removed pictures instead of those that are kept. */
  isTrash: boolean;
  place: WallPlace | null;
}

export const startAddress: GalleryAddress = {
  search: {},
  size: 'medium',
  isStacked: false,
  isTrash: false,
  place: null,
};

/**
 * The address as what stands behind `#`, empty for the usual state. Browsers send that part to nobody:
 * in a query the words of a search would stand in the logs of proxies.
 */
export function writeGalleryAddress(address: GalleryAddress): string {
  const { search, size, isStacked, isTrash, place } = address;
  const fields = new URLSearchParams();
  if (search.words) fields.set('q', search.words);
  for (const kind of filterKinds) {
    const value = search[kind];
    if (value) fields.set(kind, value);
  }
  if (size !== startAddress.size) fields.set('size', size);
  if (isStacked) fields.set('by', 'run');
  if (isTrash) fields.set('show', 'trash');
  if (place) fields.set('at', `${Math.round(place.offset)}~${place.key}`);
  return fields.toString();
}

/** Reads what stands behind `#`, with or without it. What is not understood is left out. */
export function readGalleryAddress(hash: string): GalleryAddress {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const search: Search = {};
  const words = fields.get('q');
  if (words) search.words = words;
  for (const kind of filterKinds) {
    const value = fields.get(kind);
    if (value) search[kind] = value;
  }
  const [, offset, key] = fields.get('at')?.match(/^(-?\d{1,7})~(.+)$/s) ?? [];
  return {
    search,
    size: wallSizes.find((size) => size === fields.get('size')) ?? startAddress.size,
    isStacked: fields.get('by') === 'run',
    isTrash: fields.get('show') === 'trash',
    place: key === undefined ? null : { key, offset: Number(offset) },
  };
}
