import { describeRunStore } from '../runs/run-store.setup';
import { newDatabase, openServer } from './postgres.setup';

describeRunStore('in PostgreSQL', async () =>
  openServer(await newDatabase(), { limits: { requestsPerMinute: 2 } }),
);
