import { expect, it, vi } from 'vitest';
import { SlowDatabaseError } from '../storage/database';
import { history } from '../storage/history';
import { loadPicture, pictureIsKept, rememberPicture } from './picture-files';

it('a picture is not taken for lost while the database is slow to open', async () => {
  const load = vi.spyOn(history, 'loadPicture').mockRejectedValue(new SlowDatabaseError());
  await expect(loadPicture('a')).rejects.toThrow('does not open');
  load.mockRejectedValue(new DOMException('', 'SecurityError'));
  expect(await loadPicture('a')).toBeUndefined();
  const file = new Blob(['x']);
  rememberPicture('a', file);
  expect(await loadPicture('a')).toBe(file);
  pictureIsKept('a');
  expect(await loadPicture('a')).toBeUndefined();
});
