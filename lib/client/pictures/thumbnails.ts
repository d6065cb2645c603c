import { history } from '../storage/history';
import { loadPicture } from './picture-files';
import { shrinkPicture } from './picture-jobs';
import { previewSide, thumbnailSide } from './small-copies';

const sizes = { thumbnail: thumbnailSide, preview: previewSide };

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
