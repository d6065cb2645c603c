import 'server-only';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const wholeNumber = z.int().min(0);
const bookingSchema = z.object({
  id: z.string(),
  /** When it was booked, and later when it was sent; in ms since 1970. */
  at: wholeNumber,
  /** A hash (`personOf`). */
  person: z.string(),
  model: z.string(),
  pictures: wholeNumber,
  /** `booked`: it may be sent within the time that a booking is good for. */
  state: z.enum(['booked', 'sent', 'refused']),
});
/** A gateway's 429 holds a model until then, in ms since 1970. */
const holdSchema = z.object({ model: z.string(), heldUntil: wholeNumber });
const lineSchema = z.union([
  bookingSchema,
  z.object({ id: z.string(), state: z.literal('back') }),
  holdSchema,
]);

/**
 * A request that may go to the gateway. `refused`: it reached the gateway and nothing was carried out, so that it
 * takes a slot of the model's rate, and nothing of a budget.
 */
export type Booking = z.infer<typeof bookingSchema>;

// A file that has grown by so many lines is written anew.
const mostLines = 100_000;

/**
 * Opens the book of who has sent what, and which models a 429 holds: `<dataDir>/sharing/bookings.jsonl`, lines that
 * are added. The last line of an id or model counts. A line that was cut short spoils no other, and is left out.
 * @param keepMs how long a booking counts at most
 * @throws the file system's error
 */
export function openLedger({
  dataDir,
  keepMs,
  now,
}: {
  dataDir: string;
  keepMs: number;
  now: () => number;
}) {
  const folder = join(/*turbopackIgnore: true*/ dataDir, 'sharing');
  const path = join(/*turbopackIgnore: true*/ folder, 'bookings.jsonl');
  mkdirSync(/*turbopackIgnore: true*/ folder, { recursive: true });
  const { bookings, holds } = readBook(path, now());
  let lines = 0;
  let waiting: { text: string; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let isWriting = false;

  function forgetOld(): void {
    const oldest = now() - keepMs;
    for (const [id, { at }] of bookings) if (at <= oldest) bookings.delete(id);
    for (const [model, { heldUntil }] of holds) if (heldUntil <= now()) holds.delete(model);
  }

  /** Writes all kept bookings into a new file, which takes the place of the old one at once. */
  function compact(): void {
    forgetOld();
    const draft = `${path}.new`;
    const file = openSync(/*turbopackIgnore: true*/ draft, 'w', 0o600);
    try {
      const kept = [...bookings.values(), ...holds.values()];
      // `writeSync` would write what the disk still takes, and call that a success.
      writeFileSync(file, kept.map((one) => lineOf(JSON.stringify(one))).join(''));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(/*turbopackIgnore: true*/ draft, path);
    syncFolder(folder);
    lines = 0;
  }

  // Those that come meanwhile are written together afterwards, with one wait for the disk.
  async function write(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        if (lines > mostLines) compact();
        const handle = await open(/*turbopackIgnore: true*/ path, 'a', 0o600);
        try {
          await handle.appendFile(batch.map(({ text }) => lineOf(text)).join(''));
          await handle.datasync();
        } finally {
          await handle.close();
        }
        lines += batch.length;
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isWriting = false;
  }

  function append(value: unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      waiting.push({ text: JSON.stringify(value), resolve, reject });
      if (!isWriting) void write();
    });
  }

  compact();
  return {
    /** All that still count, the oldest first. */
    all(): Booking[] {
      forgetOld();
      return [...bookings.values()];
    },
    /** Adds a booking at once; resolves when it would outlive a crash. @throws the file system's error */
    add(booking: Booking): Promise<void> {
      bookings.set(booking.id, booking);
      return append(booking);
    },
    /** Changes one. What a crash forgets of that is counted as before, which is never too little. */
    change(id: string, change: Pick<Booking, 'state'> & Partial<Booking>): void {
      const booking = bookings.get(id);
      if (!booking) return;
      bookings.set(id, { ...booking, ...change });
      append({ ...booking, ...change }).catch(() => {});
    },
    /** The models that a 429 of the gateway holds. */
    holds: () => [...holds.values()],
    /** Notes that a model is held until a moment in ms since 1970. */
    hold(model: string, heldUntil: number): void {
      if (heldUntil <= (holds.get(model)?.heldUntil ?? 0)) return;
      holds.set(model, { model, heldUntil });
      append({ model, heldUntil }).catch(() => {});
    },
    /** Takes one back that was not sent. */
    remove(id: string): void {
      if (bookings.delete(id)) append({ id, state: 'back' }).catch(() => {});
    },
  };
}

// The name of a new file is on the disk only then. Windows cannot open a folder, and needs no such step.
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(/*turbopackIgnore: true*/ path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

// With a line feed on both sides: neither a line that was cut short before it nor what a crash of the machine
// leaves behind it spoils it.
const lineOf = (text: string) => `\n${text}\n`;

function readBook(path: string, now: number) {
  const bookings = new Map<string, Booking>();
  const holds = new Map<string, z.infer<typeof holdSchema>>();
  for (const text of readText(path).split('\n')) {
    const line = readLine(text);
    if (!line) continue;
    if ('heldUntil' in line) holds.set(line.model, line);
    else if (line.state === 'back') bookings.delete(line.id);
    // A clock that was set back must not make them count for longer.
    else bookings.set(line.id, { ...line, at: Math.min(line.at, now) });
  }
  return { bookings, holds };
}

function readText(path: string): string {
  try {
    return readFileSync(/*turbopackIgnore: true*/ path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function readLine(text: string): z.infer<typeof lineSchema> | undefined {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
