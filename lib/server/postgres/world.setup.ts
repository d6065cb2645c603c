import { randomUUID } from 'node:crypto';
import type { BookedStart } from '../sharing/admission';
import { type Database, type Statements, storeUnavailable } from './connection';
import type { Later } from './later';
import { createPostgresAdmission } from './postgres-admission';
import { cancelRow, claimRow, commitRow, endRow, type Fence, releaseRow } from './run-rows';
import { beat, beatMs, deadMs } from './server-rows';
import { reapRows } from './watch-rows';

const epoch = Date.UTC(2026, 0, 1);
const model = 'm';
export const rate = { requests: 3, seconds: 600 };
const windowMs = rate.seconds * 1000;
const limits = { picturesPerDay: 5 };
const dayMs = 24 * 60 * 60 * 1000;
const noError = { message: 'm', type: 't', param: null, code: null };

export interface Key {
  visitor: string;
  id: string;
}

/** A run as the server knows it that carries it out. */
interface Local {
  fence: Fence;
  step: 'uploading' | 'booking' | 'committed' | 'sent' | 'over';
  booked?: BookedStart;
}

export interface Server {
  id: string;
  isAlive: boolean;
  isPaused: boolean;
  wasPaused: boolean;
  local: Map<string, Local>;
  admission: ReturnType<typeof createPostgresAdmission>;
}

/** Changes the text of statements, to see whether a fault of them is found. */
export function withMutant(database: Database, mutate: (text: string) => string): Database {
  const changed = (sql: Statements): Statements => ({
    query: (text, values) => sql.query(mutate(text), values),
  });
  return {
    ...database,
    get isThere() {
      return database.isThere;
    },
    ...changed(database),
    transaction: (work) => database.transaction((sql) => work(changed(sql))),
  };
}

/** Puts the clock of a database into the hands of a test. */
export async function stopClock(database: Database): Promise<void> {
  await database.query('create table clock (ms bigint not null)');
  await database.query('insert into clock values ($1)', [epoch]);
  await database.query(
    'create or replace function now_ms() returns bigint language sql volatile as $$ select ms from clock $$',
  );
}

/** Servers as objects over a real database, whose time, crashes and outages the test decides. */
export class World {
  servers: Server[] = [];
  isUp = true;
  /** Transactions are carried out, and nobody hears of it. */
  losesAnswers = false;
  sends: (Key & { at: number; visitor: string })[] = [];
  readonly ended = new Map<string, string>();
  private now = epoch;
  private pending: Promise<unknown>[] = [];

  constructor(private readonly database: Database) {}

  async begin(): Promise<void> {
    await this.database.query('truncate servers, visitors, runs, answers, charges, tickets; ');
    await this.database.query(`delete from holds where model <> ''`);
    await this.database.query('update clock set ms = $1', [this.now]);
    for (let count = 0; count < 3; count++) await this.start();
  }

  async start(): Promise<void> {
    const id = randomUUID();
    // What is done later is done before the next step, if the database is there.
    const later: Later = async (work) => void this.pending.push(work().catch(() => {}));
    const database: Database = {
      ...this.database,
      query: this.database.query,
      transaction: async (work) => {
        const result = await this.database.transaction(work);
        if (this.losesAnswers) throw storeUnavailable();
        return result;
      },
    };
    const notices = { wait: async () => {}, listen: () => () => {}, end: async () => {} };
    const models = [{ id: model, rate }];
    const elapsed = () => this.now;
    const parts = { database, notices, later, server: id, models, limits, elapsed };
    const admission = createPostgresAdmission(parts);
    admission.end();
    const server = {
      id,
      isAlive: true,
      isPaused: false,
      wasPaused: false,
      local: new Map(),
      admission,
    };
    this.servers.push(server);
    await this.beat(server);
  }

  close(): Promise<unknown> {
    return Promise.all(this.pending);
  }

  living(index: number): Server | undefined {
    const living = this.servers.filter(({ isAlive, isPaused }) => isAlive && !isPaused);
    return living[index % living.length];
  }

  async beat({ id, isAlive, isPaused }: Server): Promise<void> {
    if (this.isUp && isAlive && !isPaused) await beat(this.database, id);
  }

  /** Time goes by, in which all that can beat do so. */
  async tick(seconds: number): Promise<void> {
    for (const server of this.servers) await this.beat(server);
    this.now += seconds * 1000;
    await this.database.query('update clock set ms = $1', [this.now]);
    if (!this.isUp) return;
    const beating = this.servers.filter(({ isAlive, isPaused }) => isAlive && !isPaused);
    await this.database.query('update servers set seen_at = $1 where id = any($2)', [
      this.now,
      beating.map(({ id }) => id),
    ]);
  }

  /** Time goes by without the database. */
  async outage(seconds: number): Promise<void> {
    const wasUp = this.isUp;
    this.isUp = false;
    await this.tick(seconds);
    this.isUp = wasUp;
  }

  async claim(server: Server, key: Key): Promise<void> {
    const name = `${key.visitor}/${key.id}`;
    const local = server.local.get(name);
    if (local && local.step !== 'over') return;
    const facts = { server: server.id, person: key.visitor, endpoint: 'generations' } as const;
    const row = await claimRow(this.database, key, facts);
    if (!row) return;
    const { owner, generation } = row;
    server.local.set(name, { fence: { ...key, owner, generation }, step: 'uploading' });
  }

  async commit(server: Server, { visitor, id }: Key): Promise<void> {
    const local = server.local.get(`${visitor}/${id}`);
    if (local?.step !== 'uploading') return;
    local.step = 'booking';
    const ask = { person: visitor, visitor, key: id, model, pictures: 1 };
    try {
      local.booked = await server.admission.admit(ask, {
        work: { book() {}, onLeave() {} },
        also: (sql) => commitRow(sql, local.fence),
      });
      local.step = 'committed';
    } catch {
      local.step = 'over';
      await releaseRow(this.database, local.fence, noError);
    }
  }

  /** The last byte goes, if the booking is still good; otherwise it is booked anew. */
  async send(server: Server, key: Key): Promise<void> {
    const local = server.local.get(`${key.visitor}/${key.id}`);
    if (local?.step !== 'committed') return;
    if (!local.booked?.isGood()) {
      if (!this.isUp) return;
      local.booked?.giveBack(false);
      local.step = 'uploading';
      await this.commit(server, key);
      return;
    }
    local.step = 'sent';
    this.sends.push({ ...key, at: this.now });
    local.booked.sent();
  }

  async end(server: Server, key: Key): Promise<void> {
    const local = server.local.get(`${key.visitor}/${key.id}`);
    if (local?.step !== 'sent') return;
    local.step = 'over';
    const end = { state: 'done', error: null, checksum: undefined, bytes: 0 } as const;
    await endRow(this.database, local.fence, end);
  }

  cancel(key: Key): Promise<unknown> {
    return cancelRow(this.database, key);
  }

  reap({ id }: Server): Promise<unknown> {
    const words = { upload: noError, sent: noError };
    return this.database.transaction((sql) => reapRows(sql, id, words));
  }

  /** @throws what must never be */
  async check(): Promise<void> {
    if (this.isUp) await Promise.all(this.pending.splice(0));
    const nameOf = ({ visitor, id }: Key) => `${visitor}/${id}`;
    const names = this.sends.map(nameOf);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) throw new Error(`sent twice: ${twice}`);
    const charges = await this.database.query<{ visitor: string; id: string }>(
      `select visitor, run as id from charges where state in ('booked', 'sent')`,
    );
    const unsent = this.servers.flatMap(({ local }) =>
      [...local.values()].filter(({ step }) => step === 'committed'),
    );
    if (this.isUp && charges.length > names.length + unsent.length) {
      throw new Error('booked, and neither sent nor given back');
    }
    const charged = new Set(charges.map(nameOf));
    const unbooked = names.find((name) => !charged.has(name));
    if (unbooked) throw new Error(`sent without a booking: ${unbooked}`);
    for (const { at, visitor } of this.sends) {
      const since = (ms: number) => this.sends.filter((one) => one.at > at - ms && one.at <= at);
      if (since(windowMs).length > rate.requests) throw new Error('more than the rate');
      const own = since(dayMs).filter((one) => one.visitor === visitor);
      if (own.length > limits.picturesPerDay) throw new Error('more than the budget');
    }
    const rows = await this.database.query<
      Key & { state: string; released: boolean; owner: string; endedAt: number | null }
    >('select visitor, id, state, released, owner from runs');
    for (const row of rows) this.checkRow(row, nameOf(row));
  }

  private checkRow(
    { state, released, owner }: { state: string; released: boolean; owner: string },
    name: string,
  ): void {
    const before = this.ended.get(name);
    const isLate = before === 'interrupted' && state === 'done';
    if (before && before !== state && !isLate)
      throw new Error(`${before} became ${state}: ${name}`);
    if (released) return;
    if (['done', 'cancelled', 'interrupted'].includes(state)) this.ended.set(name, state);
    const server = this.servers.find(({ id }) => id === owner);
    if (state === 'interrupted' && server?.isAlive && !server.wasPaused) {
      throw new Error(`interrupted although its server lives: ${name}`);
    }
  }
}

/** In seconds: of a beat, of death, of silence, and beyond. */
export const times = [2 * (beatMs / 1000), deadMs / 1000 + 1, 22, 60, rate.seconds + 1];
