import 'server-only';
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EndpointName } from '../../core/models/model';
import type { Caller } from '../access/caller';
import { getConfig } from '../config';
import { log } from '../log';
import { singleton } from '../singleton';
import type { RequestEnd } from './metrics';

const dayMs = 24 * 60 * 60 * 1000;
const keptDays = 90;

/** Who sent what, as far as the audit keeps it: nothing that a prompt says. */
export interface AuditedRequest {
  /** The name for the log, or where there is none the address. */
  who: string;
  /** How they came in. */
  by: Caller['kind'];
  /** The id of the run; undefined: a request of an SDK. */
  run?: string | undefined;
  endpoint: EndpointName;
  model: string;
  /** How many pictures it asks for. */
  asked: number;
}

/** What came of it. */
export interface AuditedEnd {
  outcome: RequestEnd;
  /** How many whole pictures the gateway has returned. */
  returned: number;
  /** The code of its error. */
  code?: string | undefined;
}

export interface Audit {
  /**
   * A request goes to the gateway. Never throws.
   * @param charge its booking, where bookings and the audit are in a database
   * @returns notes its end
   */
  sent(request: AuditedRequest, charge?: string): (end: AuditedEnd) => void;
}

/** The one of this process alone. */
export function getFileAudit(): Audit {
  return singleton('audit', () =>
    openAudit({ dataDir: resolve(/*turbopackIgnore: true*/ getConfig().dataDir) }),
  );
}

/**
 * Opens the audit: `<dataDir>/audit/<day>.jsonl`, a file for each day (UTC), to which lines are added and which is
 * removed after 90 days. A request has a line when it goes to the gateway and one at its end, so that a crash
 * leaves the first. `npm run usage` adds them up.
 * @param now in ms since 1970
 */
export function openAudit({
  dataDir,
  now = Date.now,
}: {
  dataDir: string;
  now?: () => number;
}): Audit {
  const folder = join(/*turbopackIgnore: true*/ dataDir, 'audit');
  let today = '';

  function removeOld(): void {
    const oldest = `${dayOf(now() - keptDays * dayMs)}.jsonl`;
    try {
      for (const name of readdirSync(/*turbopackIgnore: true*/ folder)) {
        if (!/^\d{4}-\d\d-\d\d\.jsonl$/.test(name) || name >= oldest) continue;
        rmSync(/*turbopackIgnore: true*/ join(/*turbopackIgnore: true*/ folder, name));
      }
    } catch (error) {
      log().error({ err: error }, 'an old file of the audit cannot be removed');
    }
  }

  // In one step, so that a process that ends takes no line with it; two short lines in minutes cost nothing. What
  // was paid for goes on without its line: the log has the same.
  function add(
    line: { id: string; event: 'sent' | 'ended' } & (AuditedRequest | AuditedEnd),
  ): void {
    const at = now();
    const day = dayOf(at);
    try {
      if (day !== today) {
        mkdirSync(/*turbopackIgnore: true*/ folder, { recursive: true, mode: 0o700 });
        removeOld();
        today = day;
      }
      const text = JSON.stringify({ at: new Date(at).toISOString(), ...line });
      // A line feed on both sides: a line that a full disk has cut spoils no other.
      const path = join(/*turbopackIgnore: true*/ folder, `${day}.jsonl`);
      appendFileSync(/*turbopackIgnore: true*/ path, `\n${text}\n`, { mode: 0o600 });
    } catch (error) {
      log().error({ err: error, audit: line.id }, 'a line of the audit cannot be saved');
    }
  }

  return {
    sent(request) {
      const id = randomUUID();
      add({ id, event: 'sent', ...request });
      return (end) => add({ id, event: 'ended', ...end });
    },
  };
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
