import 'server-only';
import { getConfig } from '../config';
import { log } from '../log';
import { singleton } from '../singleton';
import { type AccessFiles, getAccessFiles } from './access-files';

const fileName = 'old-cookies-since';

/** How long cookies of old names still count on https. */
export interface OldNames {
  count(): boolean;
}

/** Those of this process. */
export function getOldNames(): OldNames {
  return singleton('old-names', () =>
    createOldNames({
      files: getAccessFiles(),
      periodMs: getConfig().spoolMaxAgeMs,
      onUnsaved: (error) => log().error({ err: error }, 'the age of old cookies is not kept'),
    }),
  );
}

/**
 * Old names count from the first request that has one until every run from before is swept. After that
 * such a cookie can only lead to what somebody else has put there.
 * @param periodMs how long ended runs are kept
 * @param now in ms since 1970; set back by more than the period, it ends the period
 */
export function createOldNames({
  files,
  periodMs,
  now = Date.now,
  onUnsaved = () => undefined,
}: {
  files: Pick<AccessFiles, 'read' | 'write'>;
  periodMs: number;
  now?: () => number;
  onUnsaved?: (error: unknown) => void;
}): OldNames {
  const kept = files.read(fileName);
  let since = typeof kept === 'number' ? kept : undefined;
  return {
    count() {
      if (since === undefined) {
        since = now();
        files.write(fileName, since).catch(onUnsaved);
      }
      return Math.abs(now() - since) <= periodMs;
    },
  };
}
