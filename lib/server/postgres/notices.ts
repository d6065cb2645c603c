import 'server-only';
import type pg from 'pg';
import { createWaitList, type WaitList } from '../runs/change-feed';
import { outsideRequests } from '../singleton';
import type { Database } from './connection';

const channel = 'playground';
const againMs = 1000;

/** The part of a statement that tells all servers that something has changed. @param topic an SQL expression */
export const tell = (topic: string) => `pg_notify('${channel}', ${topic})`;

/** The topic of a visitor's list, and of a single run; also as SQL, of a row's columns. */
export const topics = {
  visitor: (visitor: string) => `v ${visitor}`,
  run: ({ visitor, id }: { visitor: string; id: string }) => `r ${visitor}/${id}`,
};

/** What other servers tell. It only wakes: each waiter looks for itself, and also without, once a second. */
export interface Notices {
  /** Resolves at the next notice of a topic, after a second, or when the signal aborts. */
  wait(topic: string, signal?: AbortSignal): Promise<void>;
  /** Calls at each notice whose topic has a listener. @returns ends that */
  listen(topic: string, call: () => void): () => void;
  end(): Promise<void>;
}

/** Listens on a connection of its own, which is made anew where it breaks off. */
export function openNotices(database: Database): Notices {
  const waiting = new Map<string, WaitList>();
  const listeners = new Map<string, Set<() => void>>();
  let client: pg.Client | undefined;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;

  function hear({ payload = '' }: pg.Notification): void {
    waiting.get(payload)?.wake();
    for (const call of listeners.get(payload) ?? []) call();
  }

  async function connect(): Promise<void> {
    if (isOver) return;
    try {
      const opened = await database.connect();
      opened.on('notification', hear);
      opened.once('end', again);
      client = opened;
      await opened.query(`listen ${channel}`);
    } catch {
      void client?.end().catch(() => {});
      again();
    }
  }

  function again(): void {
    client = undefined;
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(connect, againMs).unref();
  }

  outsideRequests(() => void connect());

  return {
    async wait(topic, signal) {
      const list = waiting.get(topic) ?? createWaitList(() => waiting.delete(topic));
      waiting.set(topic, list);
      const stop = new AbortController();
      const end = () => stop.abort();
      const look = setTimeout(end, againMs);
      signal?.addEventListener('abort', end);
      if (signal?.aborted) end();
      await list.wait(stop.signal);
      signal?.removeEventListener('abort', end);
      clearTimeout(look);
    },
    listen(topic, call) {
      const calls = listeners.get(topic) ?? new Set();
      listeners.set(topic, calls);
      calls.add(call);
      return () => {
        calls.delete(call);
        if (calls.size === 0) listeners.delete(topic);
      };
    },
    async end() {
      isOver = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
