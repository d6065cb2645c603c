import { history } from './history/history';
import { loadPicture } from './pictures';
import { shrinkPicture } from './shrink-picture';
import { thumbnailSide } from './thumbnail-side';

/** Above so many bytes a picture is shown on its card by a copy of the size that a card can have. */
export const largeBytes = 8 * 1024 * 1024;

const sizes = { thumbnail: thumbnailSide, preview: 1600 };

/** A small copy of a kept picture for a list; made at its first use, and kept. */
export function loadThumbnail(hash: string): Promise<Blob | undefined> {
  return loadCopy(hash, 'thumbnail');
}

/** What a card shows of a large picture: ten of them whole would be half a gigabyte of pixels. */
export function loadPreview(hash: string): Promise<Blob | undefined> {
  return loadCopy(hash, 'preview');
}

async function loadCopy(hash: string, kind: keyof typeof sizes): Promise<Blob | undefined> {
  const known = await history.loadCopy(hash, kind).catch(() => undefined);
  if (known) return known;
  const picture = await loadPicture(hash);
  const made = picture && (await shrinkPicture(picture, sizes[kind]));
  if (made) void history.saveCopy(hash, kind, made).catch(() => {});
  // What cannot be shrunk may still be shown, or say itself why not.
  return made ?? picture;
}
