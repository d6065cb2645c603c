import 'server-only';
import { log } from '../log';
import { requestIncomplete, serverRestarted } from '../runs/run-errors';
import { metrics } from '../usage/metrics';
import type { Database } from './connection';
import { repeat } from './later';
import type { OwnRun } from './own-run';
import { beat, beatMs } from './server-rows';
import { hearRows, lostRows, reapRows } from './watch-rows';

const lookMs = 1000;

/** Tells the other servers that this one lives, and looks what they have done. */
export interface Heartbeat {
  end(): void;
}

/**
 * Every second: looks at the runs of this server, which may be cancelled or taken over elsewhere. Every two: beats,
 * and ends the runs of servers that are dead.
 * @param also goes along with each beat
 */
export function startHeartbeat({
  database,
  server,
  own,
  also,
}: {
  database: Database;
  server: string;
  own: () => Iterable<OwnRun>;
  also: () => Promise<unknown>;
}): Heartbeat {
  let wasThere = true;
  const words = {
    upload: requestIncomplete().toEnvelope().error,
    sent: serverRestarted().toEnvelope().error,
  };

  async function look(): Promise<void> {
    const runs = [...own()];
    const fences = runs.map((run) => ({ ...run.own, silent: Math.round(run.silentMs) }));
    for (const { mine, row } of await lostRows(database, fences)) {
      runs.find(({ own }) => own.generation === mine)?.see(row ?? undefined);
    }
    await hearRows(
      database,
      fences.filter((_, index) => runs[index]?.view().state === 'uploading'),
    );
  }

  async function beatOnce(): Promise<void> {
    await beat(database, server);
    if (!wasThere) log().info('the database answers again');
    wasThere = true;
    const count = await database.transaction((sql) => reapRows(sql, server, words));
    if (count > 0) {
      log().warn({ runs: count }, 'runs of a server that is gone have ended');
      metrics().lost('interrupted', count);
    }
    await also();
  }

  const note = () => {
    wasThere = false;
  };
  const ends = [repeat(lookMs, look, note), repeat(beatMs, beatOnce, note)];
  return {
    end() {
      for (const end of ends) end();
    },
  };
}
