import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Audit } from '../usage/audit';
import type { Postgres } from './open-postgres';

/** The audit of all servers: what `usage/audit` has as lines of a file are columns of the bookings here. */
export function createSharedAudit({
  database,
  later,
}: Pick<Postgres, 'database' | 'later'>): Audit {
  return {
    sent({ who, by, run, endpoint, model, asked }, charge = randomUUID()) {
      // What the gateway has answered before its last byte was never booked, and takes up no budget.
      const noted = later(() =>
        database.query(
          `insert into charges (id, at, person, model, pictures, state, server, is_open, visitor, run,
             who, known_by, endpoint)
           values ($1, now_ms(), '', $2, $3, 'back', '', false, '', $4, $5, $6, $7)
           on conflict (id) do update
             set who = excluded.who, known_by = excluded.known_by, endpoint = excluded.endpoint`,
          [charge, model, asked, run, who, by, endpoint],
        ),
      );
      return async ({ outcome, returned, code }) => {
        await noted;
        await later(() =>
          database.query(
            `update charges set outcome = $2, returned = $3, code = $4, ended_at = now_ms()
             where id = $1`,
            [charge, outcome, returned, code],
          ),
        );
      };
    },
  };
}
