import 'server-only';
import { crc32 } from 'node:zlib';
import { hasEnded, type Run } from '../../core/runs/run';
import { log } from '../log';
import { answerLost } from '../runs/run-errors';
import type { AnswerHead, AnswerReader, RunKey, StoredRun } from '../runs/run-store';
import type { Database } from './connection';
import { findRow, noteReadRow, readAnswer } from './list-rows';
import { type Notices, topics } from './notices';
import { cancelRow, mayTakeOver, type RunRow } from './run-rows';

/** What all runs of a server need of it. */
export interface Desk {
  database: Database;
  notices: Notices;
  /** The name of this server. */
  server: string;
  /** Ended runs whose answers this server has found whole, as `no` and version. */
  sound: Set<string>;
}

const checkedBytes = 1024 * 1024;
const mostSound = 10_000;

/** A run as a server sees it that does not carry it out: its row, looked at again at each change. */
export class SeenRun implements StoredRun {
  readonly key: RunKey;
  private isTaken = false;

  constructor(
    private row: RunRow,
    private readonly desk: Desk,
  ) {
    this.key = { visitor: row.visitor, id: row.id };
  }

  get fingerprint(): string | undefined {
    return this.row.fingerprint ?? undefined;
  }

  get released(): boolean {
    return this.row.released || this.isTaken;
  }

  get head(): AnswerHead | undefined {
    return headOf(this.row);
  }

  view(): Run {
    const run = viewOf(this.row);
    // It changes no more, so whoever waits for that has to see its end.
    if (this.isTaken && !hasEnded(run))
      return { ...run, state: 'interrupted', endedAt: Date.now() };
    return run;
  }

  async changed(signal?: AbortSignal): Promise<void> {
    const { database, notices } = this.desk;
    const { version, bytes, no } = this.row;
    const isSame = () => this.row.version === version && this.row.bytes === bytes;
    while (isSame() && !hasEnded(this.view()) && !signal?.aborted) {
      // Nothing is missed between the look and the wait that begins before it.
      const waiting = notices.wait(topics.run(this.key), signal);
      const row = await findRow(database, this.key).catch(() => this.row);
      if (row?.no === no) this.row = row;
      // It was removed, as one of which nothing was carried out.
      else this.isTaken = true;
      if (isSame()) await waiting;
    }
  }

  giveUpSilent(): void {
    const { database, server } = this.desk;
    mayTakeOver(database, this.key, server)
      .then((isTakeable) => {
        this.isTaken ||= isTakeable;
      })
      .catch(() => {});
  }

  async cancel(): Promise<void> {
    const row = (await cancelRow(this.desk.database, this.key)) ?? (await this.look());
    if (row) this.row = row;
  }

  private look(): Promise<RunRow | undefined> {
    return findRow(this.desk.database, this.key);
  }

  async openAnswer(): Promise<AnswerReader> {
    if (hasEnded(this.row)) await checkAnswer(this.row, this.desk);
    return answerReader(this.desk.database, this.row.no);
  }

  noteRead(): void {
    noteReadRow(this.desk.database, this.key).catch(() => {});
  }
}

/** Reads an answer through once, before any of it is given out. @throws ApiError `run_gone` if it is damaged */
async function checkAnswer(
  { no, id, version, bytes, checksum }: RunRow,
  { database, sound }: Desk,
): Promise<void> {
  const name = `${no} ${version}`;
  if (sound.has(name)) return;
  let found = 0;
  let at = 0;
  while (at < bytes) {
    const part = await readAnswer(database, { no, offset: at, maxBytes: checkedBytes });
    if (part.length === 0) break;
    found = crc32(part, found);
    at += part.length;
  }
  if (at < bytes || (checksum !== null && found !== checksum)) {
    log().error({ run: id }, 'an answer in the database is missing or damaged');
    throw answerLost();
  }
  if (sound.size >= mostSound) sound.clear();
  sound.add(name);
}

/** A reader of an answer that is in the database. */
export function answerReader(database: Database, no: number): AnswerReader {
  return {
    read: (offset, maxBytes) => readAnswer(database, { no, offset, maxBytes }),
    close: async () => {},
  };
}

export function headOf({ status, headers }: RunRow): AnswerHead | undefined {
  return status === null ? undefined : { status, headers };
}

/** A row as the wire has it. */
export function viewOf(row: RunRow): Run {
  return {
    id: row.id,
    endpoint: row.endpoint,
    model: row.model,
    state: row.state,
    status: row.status,
    createdAt: row.created_at,
    firstByteAt: row.first_byte_at,
    endedAt: row.ended_at,
    receivedBytes: row.received_bytes,
    bytes: row.bytes,
    error: row.error,
  };
}
