import 'server-only';
import type { ApiError } from '../../core/api-error';
import type { EndpointName } from '../../core/models/model';
import { hasEnded, type Run, type RunState } from '../../core/runs/run';
import { log } from '../log';
import type { Admission } from '../sharing/admission';
import type { StartAsk } from '../sharing/lines';
import { checkAnswerFile, lookOfFile, type OpenFile, readAnswerFile } from './answer-file';
import { RecordFile, type RunRecord } from './record-file';
import type { Reservation } from './room';
import { noRoom } from './run-errors';
import type { RunFiles } from './run-files';
import { endedHead, endedRun, newRun } from './run-record';
import type { AnswerHead, AnswerReader, OwnedRun, RunEnd, RunKey } from './run-store';
import { RunWork } from './run-work';
import { createAnswerSpool } from './spool';

/** What all runs of a store share. */
export interface RunShelf {
  files: RunFiles;
  openFile: OpenFile;
  now: () => number;
  admission: () => Pick<Admission, 'admit'>;
  /** Counts a change of a visitor's run in the change feed. @returns its number */
  stamp: (visitor: string) => number;
}

/**
 * A run of the disk store. One that has ended is its record and nothing else: no promise, timer or
 * signal, since each of them holds the request in which it was made.
 */
export class DiskRun implements OwnedRun {
  readonly key: RunKey;
  /** The person who started it, as a hash. */
  readonly owner: string;
  /** Number of its last change in the change feed. */
  version: number;
  /** Whether somebody has read its answer to the end. */
  isRead: boolean;
  released = false;
  head: AnswerHead | undefined;
  fingerprint: string | undefined;

  private readonly shelf: RunShelf;
  private readonly reservation: Reservation;
  private readonly recordFile: RecordFile;
  private run: Run;
  private checksum: number | undefined;
  /** How the answer's file looked when it was last known to be what was written. */
  private soundLook: string | undefined;
  private work: RunWork | undefined;
  private discarding: Promise<void> | undefined;
  private isDiscarded = false;

  /** Makes a run: a new one, or from the record of one that has ended. */
  constructor({
    key,
    owner,
    start,
    reservation,
    shelf,
  }: {
    key: RunKey;
    owner: string;
    start: { endpoint: EndpointName } | RunRecord;
    reservation: Reservation;
    shelf: RunShelf;
  }) {
    this.key = key;
    this.owner = owner;
    this.shelf = shelf;
    this.reservation = reservation;
    this.recordFile = new RecordFile(shelf.files.recordPath(key));
    this.version = shelf.stamp(key.visitor);
    if ('run' in start) {
      this.run = endedRun(start.run);
      this.head =
        start.run.status === null
          ? undefined
          : { status: start.run.status, headers: start.headers };
      this.fingerprint = start.fingerprint;
      this.checksum = start.checksum;
      this.isRead = start.isRead ?? false;
      return;
    }
    this.isRead = false;
    this.run = newRun(key.id, start.endpoint, shelf.now());
    const path = shelf.files.answerPath(key);
    const { openFile } = shelf;
    this.work = new RunWork(createAnswerSpool({ path, reservation, openFile }));
  }

  get cancelled(): AbortSignal {
    return this.work?.cancelling.signal ?? AbortSignal.abort();
  }

  /** Bytes that its answer takes on the disk, or has reserved there. */
  get diskBytes(): number {
    return this.reservation.bytes;
  }

  get createdAt(): number {
    return this.run.createdAt;
  }

  get endedAt(): number | null {
    return this.run.endedAt;
  }

  view(): Run {
    return this.work ? { ...this.run, bytes: this.work.spool.bytes } : this.run;
  }

  async changed(signal?: AbortSignal): Promise<void> {
    await this.work?.waitList.wait(signal);
  }

  receive(bytes: number): void {
    if (!this.work) return;
    this.run = { ...this.run, receivedBytes: this.run.receivedBytes + bytes };
    this.count(this.work);
  }

  awaitClient(giveUp: (() => void) | undefined): void {
    this.work?.awaitClient(giveUp, this.shelf.now());
  }

  giveUpSilent(milliseconds: number): void {
    this.work?.giveUpSilent(milliseconds, this.shelf.now());
  }

  async describe(facts: Parameters<OwnedRun['describe']>[0]): Promise<void> {
    this.fingerprint = facts.fingerprint;
    this.change({ model: facts.model });
    if (!(await this.reservation.reserve(facts.answerBytes))) throw noRoom();
  }

  async commit(
    ask: StartAsk,
    work: Parameters<OwnedRun['commit']>[1],
  ): ReturnType<OwnedRun['commit']> {
    try {
      await this.save();
    } catch (error) {
      log().error({ err: error, run: this.key.id }, 'a run cannot be saved');
      throw noRoom();
    }
    const isMine = () => !this.released && !this.cancelled.aborted;
    return this.shelf.admission().admit(ask, { work, isMine });
  }

  passOn(): void {
    if (this.run.state === 'uploading') this.change({ state: 'waiting' });
  }

  begin({ status, headers }: AnswerHead): void {
    if (!this.work || this.work.ending) return;
    this.head = { status, headers };
    this.change({ state: 'answering', status, firstByteAt: this.shelf.now() });
    void this.saveOrLog();
  }

  async append(chunk: Uint8Array): Promise<void> {
    const { work } = this;
    if (!work || work.ending) return;
    const roomAgain = work.spool.append(chunk);
    this.count(work);
    await roomAgain;
  }

  async end(ended: RunEnd): Promise<void> {
    const { work } = this;
    if (!work) return;
    work.ending ??= this.settle(work, ended);
    await work.ending;
  }

  async cancel(): Promise<void> {
    this.work?.cancelling.abort();
    await this.end({ state: 'cancelled', error: null });
  }

  async openAnswer(): Promise<AnswerReader> {
    const { work, shelf } = this;
    const { bytes } = this.run;
    const { openFile } = shelf;
    try {
      if (work) return await work.spool.open();
      const path = shelf.files.answerPath(this.key);
      if (bytes > 0) {
        const { checksum, soundLook } = this;
        this.soundLook = await checkAnswerFile({ path, bytes, checksum, soundLook, openFile });
      }
      return readAnswerFile(path, () => bytes, openFile);
    } catch (error) {
      log().error({ run: this.key.id }, 'an answer on disk is missing or damaged');
      throw error;
    }
  }

  noteRead(): void {
    if (this.isRead) return;
    this.isRead = true;
    void this.saveOrLog();
  }

  /** Frees its key, and wakes the requests that wait for it. */
  release(error: Run['error']): void {
    this.released = true;
    this.close({ state: 'interrupted', endedAt: this.shelf.now(), error });
  }

  /** Removes it from the disk. Never fails. */
  async discard(): Promise<void> {
    if (!this.isDiscarded) this.discarding = this.removeFiles();
    this.isDiscarded = true;
    await this.discarding;
    this.discarding = undefined;
  }

  /** Saves its record. @throws the file system's error */
  save(changes: Partial<Run> = {}): Promise<void> {
    return this.recordFile.add(() => (this.isDiscarded ? undefined : this.record(changes)));
  }

  private record(changes: Partial<Run>): RunRecord {
    const { fingerprint, isRead, owner } = this;
    const latest = { ...this.view(), ...changes };
    // It is saved just before its last byte goes upstream; from then on it may have been charged.
    const state: RunState = latest.state === 'uploading' ? 'waiting' : latest.state;
    const checksum = this.work ? this.work.spool.checksum : this.checksum;
    return {
      version: 1,
      run: { ...latest, state },
      headers: this.head?.headers ?? {},
      owner,
      ...(fingerprint === undefined ? {} : { fingerprint }),
      ...(hasEnded(latest) && checksum !== undefined ? { checksum } : {}),
      ...(isRead ? { isRead } : {}),
    };
  }

  private saveOrLog(changes?: Partial<Run>): Promise<void> {
    return this.save(changes).catch((error: unknown) => {
      log().error({ err: error, run: this.key.id }, 'a run cannot be saved');
    });
  }

  private change(patch: Partial<Run>): void {
    this.run = { ...this.run, ...patch };
    this.work?.haveCounted();
    this.version = this.shelf.stamp(this.key.visitor);
    this.work?.waitList.wake();
  }

  private count(work: RunWork): void {
    work.count(() => {
      this.version = this.shelf.stamp(this.key.visitor);
    });
    work.waitList.wake();
  }

  private async settle({ spool }: RunWork, { state, error }: RunEnd): Promise<void> {
    // Only an answer that a restart would find again is called done.
    const lost = await spool.finish().then(
      () => undefined,
      (failure: ApiError) => failure.toEnvelope().error,
    );
    const outcome =
      lost && state === 'done' ? { state: 'failed' as const, error: lost } : { state, error };
    const ended: Partial<Run> = { ...outcome, endedAt: this.shelf.now() };
    if (!lost) this.soundLook = await lookOfFile(this.shelf.files.answerPath(this.key));
    await this.saveOrLog(ended);
    this.close(ended);
  }

  /** From now on it is its record and nothing else. */
  private close(last: Partial<Run>): void {
    const { work } = this;
    if (work) {
      work.stopCounting();
      this.checksum = work.spool.checksum;
      last.bytes = work.spool.bytes;
    }
    this.change(endedRun({ ...this.run, ...last }));
    this.head &&= endedHead(this.head);
    this.work = undefined;
  }

  private async removeFiles(): Promise<void> {
    await this.recordFile.end();
    await this.work?.spool.discard();
    this.reservation.release();
    await this.shelf.files.remove(this.key).catch((error: unknown) => {
      log().error({ err: error, run: this.key.id }, 'a run cannot be removed from disk');
    });
  }
}
