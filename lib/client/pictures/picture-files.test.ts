import { describe, expect, it, vi } from 'vitest';
import { SlowDatabaseError } from '../storage/database';
import { keepUnkept, storageStatusStore } from '../storage/storage-status';
import { storedPictures } from '../storage/stored-pictures';
import {
  awaitCopies,
  comingPreview,
  loadPicture,
  pictureIsKept,
  pictureIsNotKept,
  rememberPicture,
  untilCopied,
} from './picture-files';
import { largeBytes } from './small-copies';

it('a picture is not taken for lost while the database is slow to open', async () => {
  const load = vi.spyOn(storedPictures, 'loadPicture').mockRejectedValue(new SlowDatabaseError());
  await expect(loadPicture('a')).rejects.toThrow('does not open');
  load.mockRejectedValue(new DOMException('', 'SecurityError'));
  expect(await loadPicture('a')).toBeUndefined();
  const file = new Blob(['x']);
  rememberPicture('a', file);
  expect(await loadPicture('a')).toBe(file);
  pictureIsKept('a');
  expect(await loadPicture('a')).toBeUndefined();
});

it('a picture without room is kept once there is some, if it can be read back', async () => {
  const file = new Blob(['x']);
  const save = vi
    .spyOn(storedPictures, 'savePicture')
    .mockRejectedValue(new DOMException('', 'QuotaExceededError'));
  const drop = vi.spyOn(storedPictures, 'dropPicture').mockResolvedValue();
  const load = vi.spyOn(storedPictures, 'loadPicture').mockResolvedValue(undefined);
  const problem = () => storageStatusStore.getState().problem;
  rememberPicture('b', file);
  pictureIsNotKept({ hash: 'b', problem: 'full', kind: 'made' });
  await keepUnkept();
  // A private window takes more than it can give back.
  save.mockResolvedValue();
  await keepUnkept();
  expect(drop).toHaveBeenCalledWith('b');
  expect([problem(), await loadPicture('b')]).toEqual(['full', file]);
  const kept = new Blob(['x']);
  load.mockResolvedValue(kept);
  await keepUnkept();
  expect([problem(), await loadPicture('b')]).toEqual([null, kept]);
});

describe('the copies of a picture that has just arrived', () => {
  const large = { size: largeBytes + 1 } as Blob;
  const preview = new Blob(['small']);

  it('are waited for by whoever wants them', async () => {
    const copies = awaitCopies('c', large);
    const [shown, drawn] = [comingPreview('c'), untilCopied('c').then(() => 'drawn')];
    copies.previewIsMade(preview);
    expect(await shown).toBe(preview);
    expect(await Promise.race([drawn, Promise.resolve('not yet')])).toBe('not yet');
    // Before it is stored it is at hand for a card that is shown again.
    expect(await comingPreview('c')).toBe(preview);
    copies.end();
    expect(await drawn).toBe('drawn');
    expect(await comingPreview('c')).toBeUndefined();
  });

  it('are not waited for once nothing more comes, and no preview of one that is shown itself', async () => {
    const copies = awaitCopies('d', large);
    const shown = comingPreview('d');
    copies.end();
    expect(await shown).toBeUndefined();
    awaitCopies('e', preview);
    expect(await comingPreview('e')).toBeUndefined();
    await untilCopied('f');
  });

  it('are waited for once where an answer has the same picture twice', async () => {
    awaitCopies('g', large);
    const drawn = untilCopied('g').then(() => 'drawn');
    awaitCopies('g', large).end();
    expect(await drawn).toBe('drawn');
  });
});
