import 'server-only';
import { type FileHandle, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { hasEnded } from '../../core/runs/run';
import { openSpoolFile } from './answer-file';

const wholeNumber = z.int().min(0);
const text = z.string().nullable();

const recordSchema = z.object({
  version: z.literal(1),
  run: z.object({
    id: z.string(),
    endpoint: z.enum(['generations', 'edits', 'chat']),
    model: text,
    state: z.enum([
      'uploading',
      'waiting',
      'answering',
      'done',
      'failed',
      'cancelled',
      'interrupted',
    ]),
    // A status or headers that a `Response` does not take would make the run unreadable.
    status: z.int().min(200).max(599).nullable(),
    createdAt: wholeNumber,
    firstByteAt: wholeNumber.nullable(),
    endedAt: wholeNumber.nullable(),
    receivedBytes: wholeNumber,
    bytes: wholeNumber,
    error: z.object({ message: z.string(), type: z.string(), param: text, code: text }).nullable(),
  }),
  headers: z.record(z.string(), z.string()).refine(areHeaders),
  /** One that an earlier version wrote is dropped: a repeat cannot be compared with it. */
  fingerprint: z.string().startsWith('v2:').optional().catch(undefined),
  /** CRC-32 of the answer, once the run has ended. */
  checksum: wholeNumber.optional(),
  /** Whether somebody has read the answer to its end. */
  isRead: z.boolean().optional(),
  /** A hash of the person who started it. */
  owner: z.string().optional(),
});

function areHeaders(headers: Record<string, string>): boolean {
  try {
    return new Headers(headers) !== undefined;
  } catch {
    return false;
  }
}

/** What is kept of a run: the run as the wire has it, and what a restart needs beside it. */
export type RunRecord = z.infer<typeof recordSchema>;

/**
 * The file of a run's record (JSON Lines). Each change adds the whole record, and the last whole line
 * counts: that takes one write, where replacing a file takes five steps. Not synchronised with the disk.
 */
export class RecordFile {
  private handle: FileHandle | undefined;
  private adding: Promise<void> | undefined;

  constructor(private readonly path: string) {}

  /**
   * Adds the record, as it is when its turn comes: two at a time could change places.
   * @param record undefined: there is nothing to add any more
   * @throws the file system's error
   */
  add(record: () => RunRecord | undefined): Promise<void> {
    const earlier = this.adding ?? Promise.resolve();
    const adding = earlier.catch(() => {}).then(() => this.write(record()));
    this.adding = adding;
    const done = () => {
      if (this.adding === adding) this.adding = undefined;
    };
    adding.then(done, done);
    return adding;
  }

  private async write(record: RunRecord | undefined): Promise<void> {
    if (!record) return;
    this.handle ??= await openSpoolFile(this.path, 'a');
    // The line feed comes first: a line that was cut short spoils no other.
    await this.handle.appendFile(`\n${JSON.stringify(record)}`);
    if (hasEnded(record.run)) await this.close();
  }

  /** Waits for what is being added. Never fails. */
  async end(): Promise<void> {
    await this.adding?.catch(() => {});
    await this.close();
  }

  private async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close().catch(() => {});
  }
}

/** The last whole record of such a file; undefined: there is none. */
export async function readRecordFile(path: string): Promise<RunRecord | undefined> {
  const text = await readFile(/*turbopackIgnore: true*/ path, 'utf8').catch(() => '');
  for (const line of text.split('\n').reverse()) {
    const record = readRecord(line);
    if (record) return record;
  }
  return undefined;
}

function readRecord(line: string): RunRecord | undefined {
  try {
    return recordSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
