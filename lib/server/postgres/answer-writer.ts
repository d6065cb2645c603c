import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { createWaitList } from '../runs/change-feed';
import type { AnswerHead, AnswerReader, RunEnd } from '../runs/run-store';
import type { AnswerSpool } from '../runs/spool';
import { outsideRequests } from '../singleton';
import type { Database } from './connection';
import { untilKnown } from './later';
import { findRow } from './list-rows';
import { addToRow, endRow, type Fence, isOpenTo, type RunRow } from './run-rows';

const mostBytes = 1024 * 1024;
// What comes within this time is written together, and readers are told so often.
const gatherMs = 50;
const tellMs = 100;
const newsMs = 1000;
const againMs = 500;

/** Carries what is new of a run under way, and its answer, into the database. */
export interface AnswerWriter {
  /** The request grows. */
  receive(receivedBytes: number): void;
  /** The answer has begun. */
  begin(head: AnswerHead): void;
  /** Its state has changed. */
  note(): void;
  /** More of it is in the spool. */
  more(): void;
  /**
   * Ends the run once everything so far is in the database; while that is away it waits.
   * @returns its row, which this server may not change any more; undefined: there is none
   */
  end(end: RunEnd & { checksum: number | undefined }): Promise<RunRow | undefined>;
  /** Writes nothing more. */
  stop(): void;
}

/**
 * @param spool where the answer waits, on the disk of this server
 * @param onLost is called with its row when the run is not this server's any more
 */
export function createAnswerWriter({
  database,
  own,
  spool,
  onLost,
}: {
  database: Database;
  own: Fence;
  spool: Pick<AnswerSpool, 'bytes' | 'open'>;
  onLost: (row: RunRow | undefined) => void;
}): AnswerWriter {
  let receivedBytes: number | undefined;
  let begun: AnswerHead | undefined;
  let head: AnswerHead | undefined;
  // Bytes that are in the database.
  let written = 0;
  let reader: AnswerReader | undefined;
  let working: Promise<void> | undefined;
  let isOver = false;
  let isFinishing = false;
  let isOwingNotice = false;
  let isNoted = false;
  let [wroteAt, toldAt, newsAt] = [0, 0, 0];
  const finishing = createWaitList();

  const hasMore = () =>
    !isOver && (spool.bytes > written || head || isNoted || receivedBytes !== undefined);
  const isNewsDue = (now: number) => head || isNoted || isFinishing || now - newsAt >= newsMs;

  /** What is in the spool and not in the database, at most as much as one row takes. */
  async function collect(): Promise<Uint8Array | undefined> {
    const wanted = Math.min(spool.bytes - written, mostBytes);
    if (wanted <= 0) return undefined;
    reader ??= await spool.open();
    const parts: Uint8Array[] = [];
    for (let have = 0; have < wanted; ) {
      const part = await reader.read(written + have, wanted - have);
      if (part.length === 0) break;
      parts.push(part);
      have += part.length;
    }
    return parts.length === 1 ? parts[0] : Buffer.concat(parts);
  }

  async function write(): Promise<void> {
    const now = performance.now();
    const isNews = Boolean(isNewsDue(now));
    isNoted = false;
    const isTold = isNews || now - toldAt >= tellMs;
    const patch = {
      ...(receivedBytes === undefined ? {} : { receivedBytes }),
      ...(head && { head }),
    };
    const data = await collect();
    // It is written until that is known.
    while (!isOver) {
      try {
        const add = { patch, start: written, data, isNews, isTold };
        if (!(await addToRow(database, own, add))) {
          const row = await findRow(database, own);
          if (isOver) return;
          if (row && isOpenTo(row, own)) return goOnFrom(row);
          isOver = true;
          onLost(row);
          return;
        }
        written += data?.length ?? 0;
        if (patch.receivedBytes === receivedBytes) receivedBytes = undefined;
        if (patch.head === head) head = undefined;
        wroteAt = performance.now();
        if (isNews) newsAt = wroteAt;
        if (isTold) toldAt = wroteAt;
        isOwingNotice = !isTold;
        return;
      } catch {
        await pause(againMs);
      }
    }
  }

  /** After an answer that was lost the database may have more than is known, and after its crash less. */
  function goOnFrom({ bytes, status }: RunRow): void {
    isOver = false;
    written = bytes;
    head = status === null ? begun : undefined;
    isNoted = true;
  }

  async function gather(): Promise<void> {
    if (isFinishing || isNoted || spool.bytes - written >= mostBytes) return;
    const due = wroteAt + (spool.bytes > written || head ? gatherMs : newsMs) - performance.now();
    if (due > 0) await waitAtMost(due);
  }

  async function waitAtMost(ms: number): Promise<void> {
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(), ms);
    await finishing.wait(end.signal);
    clearTimeout(timer);
  }

  async function work(): Promise<void> {
    while (hasMore() || (isOwingNotice && !isOver)) {
      if (!hasMore()) await waitAtMost(tellMs);
      await gather();
      await write();
    }
  }

  function start(): void {
    if (isOver) return;
    working ??= outsideRequests(() =>
      work().finally(() => {
        working = undefined;
      }),
    );
    // What has come may be due sooner than what is waited for.
    if (head || isNoted || spool.bytes - written >= mostBytes) finishing.wake();
  }

  return {
    receive(bytes) {
      receivedBytes = bytes;
      start();
    },
    begin(answerHead) {
      begun = answerHead;
      head = answerHead;
      start();
    },
    note() {
      isNoted = true;
      start();
    },
    more: start,
    async end(end) {
      isFinishing = true;
      finishing.wake();
      for (;;) {
        while (working || hasMore()) {
          start();
          await working;
        }
        await reader?.close();
        const row = await untilKnown(
          async () =>
            (!isOver && (await endRow(database, own, { ...end, bytes: written }))) ||
            findRow(database, own),
        );
        if (!row || !isOpenTo(row, own)) return row;
        goOnFrom(row);
      }
    },
    stop() {
      isOver = true;
      finishing.wake();
    },
  };
}
