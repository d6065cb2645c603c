import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect } from 'vitest';
import type { ApiError } from '../../core/api-error';
import { inFlight } from '../in-flight';
import type { Admission } from '../sharing/admission';
import type { OwnedRun, RunKey, RunStore, StoredRun } from './run-store';

/** A store under test, with a book of its own in which each person has two requests a minute. */
export interface StoreUnderTest {
  store: RunStore;
  admission: Pick<Admission, 'view'>;
  /** Changes one byte of a stored answer, as a failing disk does. */
  damage(key: RunKey, offset: number): Promise<unknown>;
  close(): Promise<void>;
}

export const error = { message: 'm', type: 't', param: null, code: 'c' };
export const about = { endpoint: 'generations', owner: 'owner' } as const;
export const facts = { model: 'm', fingerprint: 'v2:f', answerBytes: 1000 };
export const head = { status: 200, headers: { 'content-type': 'application/json' } };

/** Bytes that differ from place to place. */
export const bytes = (length: number, seed = 0) =>
  Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + seed + (index >> 8)) & 255));

export const codeOf = (failing: Promise<unknown>) =>
  failing.then(
    () => 'no error',
    (failure: ApiError) => failure.code,
  );

export const idsOf = (runs: StoredRun[]) => runs.map(({ key }) => key.id);

/** Reads an answer as a client does. @param pull the most bytes at a time */
export async function readAll(run: StoredRun, offset = 0, pull = 256 * 1024): Promise<Buffer> {
  const reader = await run.openAnswer();
  const parts: Uint8Array[] = [];
  for (let at = offset; at < run.view().bytes; ) {
    const part = await reader.read(at, pull);
    expect(part.length).toBeGreaterThan(0);
    expect(part.length).toBeLessThanOrEqual(pull);
    parts.push(part);
    at += part.length;
  }
  await reader.close();
  return Buffer.concat(parts);
}

/** What tests of a store do with it, as a visitor of each test's own. */
export class StoreBench {
  private tested!: StoreUnderTest;
  visitor = '';
  private works: ReturnType<ReturnType<typeof inFlight>['enter']>[] = [];

  /** Opens a store before each test, and closes it afterwards. */
  constructor(open: () => Promise<StoreUnderTest>) {
    beforeEach(async () => {
      this.tested = await open();
      this.visitor = randomUUID().replaceAll('-', '');
      this.works = [];
    });
    afterEach(async () => {
      const { runs } = await this.store.list(this.visitor);
      for (const run of runs) await run.cancel();
      for (const work of this.works) work.leave();
      await this.tested.close();
    });
  }

  get store(): RunStore {
    return this.tested.store;
  }

  damage = (key: RunKey, offset: number) => this.tested.damage(key, offset);

  newKey = (): RunKey => ({ visitor: this.visitor, id: randomUUID() });

  /** How many requests are booked in this minute. */
  used = async () =>
    (await this.tested.admission.view(this.visitor, 'p')).budgets?.requestsPerMinute?.used;

  claimed = async (key = this.newKey()): Promise<OwnedRun> => {
    const claim = await this.store.claim(key, about);
    if (!claim.isNew) throw new Error('The key is not free.');
    return claim.run;
  };

  commit = async (run: OwnedRun) => {
    const work = inFlight().enter();
    this.works.push(work);
    const { id, visitor } = run.key;
    return run.commit({ person: 'p', visitor, key: id, model: 'm', pictures: 1 }, work);
  };

  sent = async (key = this.newKey()): Promise<OwnedRun> => {
    const run = await this.claimed(key);
    run.receive(100);
    await run.describe(facts);
    (await this.commit(run)).sent();
    run.passOn();
    return run;
  };

  done = async (content: Buffer, key = this.newKey()): Promise<OwnedRun> => {
    const run = await this.sent(key);
    const added = run.append(content);
    run.begin(head);
    await added;
    await run.end({ state: 'done', error: null });
    return run;
  };
}
