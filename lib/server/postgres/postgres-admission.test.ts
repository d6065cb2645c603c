import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { inFlight } from '../in-flight';
import type { Later } from './later';
import { newDatabase, openServer } from './postgres.setup';
import { createPostgresAdmission } from './postgres-admission';
import { withMutant } from './world.setup';

it.each(['does not reach', 'is refused by'])(
  'a request that %s the gateway uses up no budget, also if it is noted late that it was sent',
  async (how) => {
    const server = await openServer(await newDatabase());
    let tries = 0;
    const database = withMutant(server.database, (text) =>
      text.includes(`set state = 'sent'`) && ++tries === 1 ? 'no statement' : text,
    );
    const noted: Promise<void>[] = [];
    const later: Later = (work) => {
      const done = server.later(work);
      noted.push(done);
      return done;
    };
    const models = [{ id: 'm', rate: { requests: 9, seconds: 60 } }];
    const limits = { picturesPerDay: 5 };
    const admission = createPostgresAdmission({ ...server, database, later, models, limits });
    const work = inFlight().enter();
    const ask = { person: 'p', visitor: 'v', key: randomUUID(), model: 'm', pictures: 2 };
    const booked = await admission.admit(ask, { work });
    booked.sent();
    booked.giveBack(how === 'is refused by');
    work.leave();
    await Promise.all(noted);
    expect(tries).toBe(2);
    expect((await admission.view('v', 'p')).budgets?.picturesPerDay?.used).toBe(0);
    admission.end();
    await server.close();
  },
);
