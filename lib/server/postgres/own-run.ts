import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiError } from '../../core/api-error';
import type { Run } from '../../core/runs/run';
import type { Work } from '../in-flight';
import { log } from '../log';
import type { OpenFile } from '../runs/answer-file';
import { Reservation, type SpoolRoom } from '../runs/room';
import { noRoom } from '../runs/run-errors';
import { endedHead, endedRun } from '../runs/run-record';
import type { AnswerHead, AnswerReader, OwnedRun, RunEnd, RunKey } from '../runs/run-store';
import { RunWork } from '../runs/run-work';
import { createAnswerSpool } from '../runs/spool';
import type { BookedStart } from '../sharing/admission';
import type { StartAsk } from '../sharing/lines';
import { outsideRequests } from '../singleton';
import { metrics } from '../usage/metrics';
import { type AnswerWriter, createAnswerWriter } from './answer-writer';
import { type Statements, storeUnavailable } from './connection';
import { leaveMeanwhile } from './left-answers';
import { findRow, makeRoom, noteReadRow } from './list-rows';
import { commitRow, describeRow, type Fence, isOpenTo, type RunRow } from './run-rows';
import { answerReader, type Desk, headOf, viewOf } from './seen-run';

/** What the runs of one server share. */
export interface OwnDesk extends Desk {
  /** The disk of this server, where answers wait for the database. */
  room: SpoolRoom;
  openFile: OpenFile;
  pathOf: (run: RunRow) => string;
  removeFile: (path: string) => Promise<void>;
  /** Bytes that all answers in the database may have. */
  maxBytes: number;
  /** Books a request in one transaction. @param also a part of it; false: nothing is booked */
  admit: (
    ask: StartAsk,
    how: {
      work: Pick<Work, 'book' | 'onLeave'>;
      isMine: () => boolean;
      also: (sql: Statements) => Promise<boolean>;
    },
  ) => Promise<BookedStart>;
  /** The run has ended, or is not this server's any more. */
  onClosed: (run: OwnRun) => void;
}

// Who asks for an end while the database is away is not held up for longer.
const mostWaitMs = 5000;

/** A run that this server carries out, until it has ended. */
export class OwnRun implements OwnedRun {
  readonly key: RunKey;
  readonly own: Fence;
  fingerprint: string | undefined;
  head: AnswerHead | undefined;
  released = false;
  private run: Run;
  private work: RunWork | undefined;
  private readonly no: number;
  private readonly person: string;
  private readonly path: string;
  private readonly writer: AnswerWriter;
  private readonly reservation: Reservation;
  /** By how much the database's clock is ahead of this server's, in ms. */
  private readonly ahead: number;

  constructor(
    row: RunRow,
    private readonly desk: OwnDesk,
  ) {
    const { visitor, id, owner, generation } = row;
    this.key = { visitor, id };
    this.own = { visitor, id, owner, generation };
    this.no = row.no;
    this.person = row.person;
    this.run = viewOf(row);
    this.ahead = row.created_at - Date.now();
    this.path = desk.pathOf(row);
    this.reservation = new Reservation(desk.room, row.person);
    const { path, reservation } = this;
    const spool = createAnswerSpool({ path, reservation, openFile: desk.openFile });
    this.work = new RunWork(spool);
    this.writer = createAnswerWriter({
      database: desk.database,
      own: this.own,
      spool,
      onLost: (row) => this.see(row),
    });
  }

  get cancelled(): AbortSignal {
    return this.work?.cancelling.signal ?? AbortSignal.abort();
  }

  /** For how long its upload has been waiting for its client, in ms. */
  get silentMs(): number {
    return this.work?.silentMs(Date.now()) ?? 0;
  }

  view(): Run {
    return this.work ? { ...this.run, bytes: this.work.spool.bytes } : this.run;
  }

  async changed(signal?: AbortSignal): Promise<void> {
    await this.work?.waitList.wait(signal);
  }

  receive(bytes: number): void {
    if (!this.work) return;
    this.change({ receivedBytes: this.run.receivedBytes + bytes });
    this.writer.receive(this.run.receivedBytes);
  }

  awaitClient(giveUp: (() => void) | undefined): void {
    this.work?.awaitClient(giveUp, Date.now());
  }

  giveUpSilent(milliseconds: number): void {
    this.work?.giveUpSilent(milliseconds, Date.now());
  }

  async describe({
    model,
    fingerprint,
    answerBytes,
  }: Parameters<OwnedRun['describe']>[0]): Promise<void> {
    const { database, maxBytes } = this.desk;
    this.fingerprint = fingerprint;
    this.change({ model });
    if (!(await this.reservation.reserve(answerBytes))) throw noRoom();
    const facts = { model, fingerprint, held: answerBytes };
    // Far from the limit nobody need wait for one another.
    const mostHeld = Math.floor(maxBytes / 2) - answerBytes;
    if (await describeRow(database, this.own, { ...facts, mostHeld })) return;
    const isMine = await database.transaction(async (sql) => {
      const wanted = { owner: this.person, bytes: answerBytes };
      if (!(await makeRoom(sql, wanted, maxBytes))) throw noRoom();
      return describeRow(sql, this.own, facts);
    });
    if (isMine) return;
    await this.look();
    if (!this.cancelled.aborted) throw storeUnavailable();
  }

  async commit(ask: StartAsk, work: Pick<Work, 'book' | 'onLeave'>): Promise<BookedStart> {
    const isMine = () => !this.released && !this.cancelled.aborted;
    try {
      return await this.desk.admit(ask, {
        work,
        isMine,
        also: (sql) => commitRow(sql, this.own),
      });
    } catch (error) {
      // It was cancelled elsewhere, or its upload was taken over.
      await this.look().catch(() => {});
      throw error;
    }
  }

  passOn(): void {
    if (!this.work || this.run.state !== 'uploading') return;
    this.change({ state: 'waiting' });
    this.writer.note();
  }

  begin({ status, headers }: AnswerHead): void {
    if (!this.work || this.work.ending) return;
    this.head = { status, headers };
    this.change({ state: 'answering', status, firstByteAt: Date.now() + this.ahead });
    this.writer.begin(endedHead(this.head));
  }

  async append(chunk: Uint8Array): Promise<void> {
    const { work } = this;
    if (!work || work.ending) return;
    const roomAgain = work.spool.append(chunk);
    // The head goes first: what has bytes is answering.
    if (this.head) this.writer.more();
    work.waitList.wake();
    await roomAgain;
  }

  async end(ended: RunEnd): Promise<void> {
    const { work } = this;
    if (!work) return;
    work.ending ??= outsideRequests(() => this.settle(work, ended));
    await work.ending;
  }

  async cancel(): Promise<void> {
    this.work?.cancelling.abort();
    const ended = this.end({ state: 'cancelled', error: null });
    await Promise.race([ended, pause(mostWaitMs, undefined, { ref: false })]);
  }

  async openAnswer(): Promise<AnswerReader> {
    const rows = answerReader(this.desk.database, this.no);
    const local = await this.work?.spool.open().catch(() => undefined);
    return {
      read: async (offset, maxBytes) => {
        // Its file goes when the database has it all.
        const found = this.work && (await local?.read(offset, maxBytes).catch(() => undefined));
        return found?.length ? found : rows.read(offset, maxBytes);
      },
      close: async () => local?.close(),
    };
  }

  noteRead(): void {
    noteReadRow(this.desk.database, this.key).catch(() => {});
  }

  /** Looks what others have done with it. @throws ApiError `store_unavailable` */
  async look(): Promise<void> {
    const row = await findRow(this.desk.database, this.key);
    this.see(row);
  }

  /** What its row says now; undefined: there is none any more. */
  see(row: RunRow | undefined): void {
    const { work } = this;
    if (!work || work.ending) return;
    const { owner, generation } = this.own;
    if (row && isOpenTo(row, this.own)) return;
    this.writer.stop();
    if (row?.owner === owner && row.generation === generation && !row.released) {
      work.cancelling.abort();
      work.ending = outsideRequests(() => this.close(row));
      return;
    }
    if (!this.released) metrics().lost('fenced', 1);
    this.released = true;
    work.giveUpSilent(0, Date.now());
    work.waitList.wake();
  }

  /** Its key is free; nothing was sent. */
  async letGo(error: Run['error']): Promise<void> {
    this.released = true;
    this.writer.stop();
    await this.work?.spool.finish().catch(() => {});
    this.change({ state: 'interrupted', endedAt: Date.now() + this.ahead, error });
    await this.shut();
  }

  private change(patch: Partial<Run>): void {
    this.run = { ...this.run, ...patch };
    this.work?.waitList.wake();
  }

  private async settle(work: RunWork, { state, error }: RunEnd): Promise<void> {
    const lost = await work.spool.finish().then(
      () => undefined,
      (failure: ApiError) => failure.toEnvelope().error,
    );
    const outcome =
      lost && state === 'done' ? { state: 'failed' as const, error: lost } : { state, error };
    const { own, head, path } = this;
    const { checksum, bytes } = work.spool;
    const { error: short } = endedRun({ ...this.run, error: outcome.error });
    const end = { ...outcome, error: short, checksum, bytes };
    const settled = this.writer.end(end);
    await leaveMeanwhile(settled, path, { own, head: head && endedHead(head), end });
    await this.close(await settled);
  }

  /** From now on it is its row. */
  private async close(row: RunRow | undefined): Promise<void> {
    await this.work?.spool.finish().catch(() => {});
    const isMine = row?.generation === this.own.generation && row.owner === this.own.owner;
    if (isMine) {
      this.head = headOf(row);
      this.run = viewOf(row);
      this.released = row.released;
    } else {
      this.released = true;
      this.run = { ...this.run, state: 'interrupted', endedAt: Date.now() + this.ahead };
    }
    await this.shut();
  }

  private async shut(): Promise<void> {
    const { work } = this;
    if (!work) return;
    this.work = undefined;
    work.stopCounting();
    this.desk.onClosed(this);
    work.waitList.wake();
    await work.spool.discard();
    await this.desk.removeFile(this.path).catch((error: unknown) => {
      log().error({ err: error, run: this.key.id }, 'the copy of an answer cannot be removed');
    });
  }
}
