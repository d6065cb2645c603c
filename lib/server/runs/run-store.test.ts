import { mkdtemp, open, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdmission } from '../sharing/admission';
import { openDiskStore } from './disk-store';
import { prepareDataDir } from './run-files';
import type { RunKey } from './run-store';
import { describeRunStore } from './run-store.setup';

describeRunStore('on the disk', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'store-'));
  prepareDataDir({ dataDir });
  const admission = createAdmission({ models: [], limits: { requestsPerMinute: 2 }, dataDir });
  const store = await openDiskStore({
    dataDir,
    maxBytes: 1024 ** 3,
    maxAgeMs: 24 * 60 * 60 * 1000,
    admission: () => admission,
  });
  const close = () => rm(dataDir, { recursive: true, force: true, maxRetries: 9, retryDelay: 20 });
  async function damage({ visitor, id }: RunKey, offset: number): Promise<void> {
    const path = join(dataDir, 'runs', visitor, id, 'answer');
    const file = await open(path, 'r+');
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, offset);
    await file.write(Buffer.of((buffer[0] ?? 0) ^ 1), 0, 1, offset);
    await file.close();
    // However coarse its times are, a file system shows that somebody wrote.
    await utimes(path, 1, 1);
  }
  return { store, admission, damage, close };
});
