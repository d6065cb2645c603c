import { appendFileSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inFlight, type Work } from '../in-flight';
import { type BookedStart, createAdmission } from './admission';

const model = 'm';
const seconds = 60;
const budgets = { picturesPerDay: 12, requestsPerMinute: 3, runsAtOnce: 2 };
const none = { picturesPerDay: 1e6, requestsPerMinute: 1e6, runsAtOnce: 1e6 };
const minute = 60_000;
const day = 24 * 60 * minute;

/** What the gateway has seen. */
interface Arrival {
  person: string;
  at: number;
  pictures: number;
  wasRefused: boolean;
}
interface Start {
  person: string;
  pictures: number;
  booking: BookedStart;
  work: Work;
  arrival?: Arrival;
}

/** A server with a clock of its own, that is killed and started again, and the gateway that it asks. */
class World {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'sharing-'));
  now = 1_700_000_000_000;
  readonly arrivals: Arrival[] = [];
  starts: Start[] = [];
  admission: ReturnType<typeof createAdmission>;

  constructor(
    private readonly requests: number,
    private readonly limits: typeof budgets,
  ) {
    this.admission = this.open();
  }

  private open() {
    const now = () => this.now;
    const models = [{ id: model, rate: { requests: this.requests, seconds } }];
    const { limits } = this;
    return createAdmission({ models, limits, dataDir: this.dataDir, now, elapsed: now });
  }

  async ask(person: string, key: string | null, pictures: number): Promise<void> {
    const work = inFlight().enter();
    const start = { person, visitor: person, key, model, pictures };
    try {
      this.admission.knock(start);
      const booking = await this.admission.admit(start, { work });
      this.starts.push({ person, pictures, booking, work });
    } catch (error) {
      work.leave();
      expect(error).toMatchObject({ code: expect.stringMatching(/queue_wait|budget_exceeded/) });
    }
  }

  /** @param isSeen the server lives on to note it */
  send(start: Start, isSeen = true): void {
    if (start.arrival) return;
    if (!start.booking.isGood()) {
      start.booking.giveBack(false);
      this.end(start);
      return;
    }
    const { person, pictures } = start;
    start.arrival = { person, pictures, at: this.now, wasRefused: false };
    this.arrivals.push(start.arrival);
    if (isSeen) start.booking.sent();
  }

  /** The gateway has refused it, or it was never sent. */
  refuse(start: Start): void {
    if (start.arrival) start.arrival.wasRefused = true;
    start.booking.giveBack(start.arrival !== undefined);
    this.end(start);
  }

  end(start: Start): void {
    start.work.leave();
    this.starts = this.starts.filter((one) => one !== start);
  }

  crash(torn: string, sentLast: boolean): void {
    for (const start of this.starts) {
      if (sentLast) this.send(start, false);
      start.work.leave();
    }
    this.starts = [];
    appendFileSync(join(this.dataDir, 'sharing', 'bookings.jsonl'), torn);
    this.admission = this.open();
  }

  check(): void {
    const since = (ms: number, arrivals: Arrival[]) =>
      arrivals.filter(({ at }) => at > this.now - ms);
    const inWindow = since(seconds * 1000, this.arrivals);
    expect(inWindow.length).toBeLessThanOrEqual(this.requests);
    for (const person of people) {
      const charged = this.arrivals.filter((one) => one.person === person && !one.wasRefused);
      const pictures = since(day, charged).reduce((sum, one) => sum + one.pictures, 0);
      const requests = since(minute, charged).length;
      const underWay = this.starts.filter((one) => one.person === person).length;
      expect(pictures).toBeLessThanOrEqual(this.limits.picturesPerDay);
      expect(requests).toBeLessThanOrEqual(this.limits.requestsPerMinute);
      expect(underWay).toBeLessThanOrEqual(this.limits.runsAtOnce);
      // Nothing that was sent is ever forgotten.
      const { queue, budgets: told } = this.admission.view(person, person);
      expect(queue?.models[0]?.used).toBeGreaterThanOrEqual(inWindow.length);
      expect(told?.picturesPerDay?.used).toBeGreaterThanOrEqual(pictures);
      expect(told?.requestsPerMinute?.used).toBeGreaterThanOrEqual(requests);
    }
  }

  async close(): Promise<void> {
    for (const { work } of this.starts) work.leave();
    // What was noted last may still be on its way to the disk.
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 9, retryDelay: 20 });
  }
}

const people = ['ann', 'bob', 'cem'];
type Step = (world: World) => void | Promise<void>;

const which = fc.nat({ max: 5 });
const chosen = (step: (world: World, start: Start) => void) =>
  which.map(
    (index): Step =>
      (world) => {
        const start = world.starts[index % Math.max(1, world.starts.length)];
        if (start) step(world, start);
      },
  );
const steps = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...people),
        fc.constantFrom('1', '2', '3', null),
        fc.integer({ min: 1, max: 4 }),
      )
      .map(
        ([person, key, pictures]): Step =>
          (world) =>
            world.ask(person, key, pictures),
      ),
  },
  { weight: 5, arbitrary: chosen((world, start) => world.send(start)) },
  { weight: 2, arbitrary: chosen((world, start) => start.arrival && world.end(start)) },
  { weight: 1, arbitrary: chosen((world, start) => world.refuse(start)) },
  {
    weight: 1,
    arbitrary: chosen((_world, start) => start.arrival && start.booking.refuse(20)),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(0, 1, 900, 5000, 9999, 20_000, 52_000, 61_000, day / 2, day).map(
      (ms): Step =>
        (world) => {
          world.now += ms;
          for (const person of people) world.admission.keepAlive(person);
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('', '\n{"id":"cut', '\n\n', '\u0000'), fc.boolean()).map(
      ([torn, sentLast]): Step =>
        (world) =>
          world.crash(torn, sentLast),
    ),
  },
);

it('no budget and no rate is ever exceeded, whatever fails and whenever the server is killed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(1, 2, 6),
      fc.constantFrom(budgets, none),
      fc.array(steps, { minLength: 20, maxLength: 80 }),
      async (requests, limits, all) => {
        const world = new World(requests, limits);
        try {
          for (const step of all) {
            await step(world);
            world.check();
          }
        } finally {
          await world.close();
        }
      },
    ),
    { numRuns: 30 },
  );
}, 60_000);
