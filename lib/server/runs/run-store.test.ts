import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdmission } from '../sharing/admission';
import { openDiskStore } from './disk-store';
import { prepareDataDir } from './run-files';
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
  return { store, admission, close };
});
