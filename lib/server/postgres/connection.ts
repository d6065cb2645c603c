import 'server-only';
import pg from 'pg';
import { ApiError } from '../../core/api-error';
import { log } from '../log';
import { metrics } from '../usage/metrics';

/** Sends statements, one after the other. Whole numbers of 64 bits come as numbers. */
export interface Statements {
  /** @returns the rows. @throws ApiError `store_unavailable`: whether it was carried out is not known */
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** The database of this server. */
export interface Database extends Statements {
  /**
   * Reads the bytes in the one column of the first row; none where there is no row.
   * @param text without parameters
   * @throws ApiError `store_unavailable`
   */
  bytes(text: string): Promise<Buffer>;
  /**
   * Runs statements as one transaction: all of them, or none. What two transactions lock in different
   * orders is tried again.
   * @throws ApiError `store_unavailable`, also where only the answer to its commit was lost
   */
  transaction<T>(work: (sql: Statements) => Promise<T>): Promise<T>;
  /** A connection of its own for notices, which the caller ends. @throws the network's or database's error */
  connect(): Promise<pg.Client>;
  /** No statement has failed for want of a connection since the last one that came through. */
  readonly isThere: boolean;
  /** Ends all connections. */
  end(): Promise<void>;
}

/** With the one that listens: eleven. */
const mostConnections = 10;
const int8 = 20;
const connectMs = 3000;
const statementMs = 10_000;
const mostTries = 4;

/** The error of everything that needs the database while that does not answer. Nothing was sent. */
export function storeUnavailable(): ApiError {
  return new ApiError({
    code: 'store_unavailable',
    message:
      "The server's database does not answer, so nothing new can be started. Nothing was sent. " +
      'Try again later. An administrator can check the database and DATABASE_URL.',
  });
}

const getTypeParser = ((oid: number) =>
  oid === int8 ? Number : pg.types.getTypeParser(oid)) as typeof pg.types.getTypeParser;

/** Opens the pool. Nothing is connected before the first statement. @param url of the setting */
export function openDatabase(url: string): Database {
  const settings: pg.ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
    statement_timeout: statementMs,
    keepAlive: true,
    application_name: 'turing-playground',
    types: { getTypeParser },
  };
  const pool = new pg.Pool({
    ...settings,
    max: mostConnections,
    idleTimeoutMillis: 60_000,
    // A booking must outlive a crash of the database, whatever its usual setting is.
    async onConnect(client) {
      await client.query(
        `select set_config('synchronous_commit', 'on', false)
         where current_setting('synchronous_commit') = 'off'`,
      );
    },
  });
  let isThere = true;
  // An idle connection that breaks off is replaced at the next statement.
  pool.on('error', () => {});
  function note(error: unknown): ApiError {
    // Its words may quote a request, or the URL.
    if (isThere || !isOutage(error)) log().error({ code: codeOf(error) }, 'the database failed');
    if (isOutage(error)) isThere = false;
    return storeUnavailable();
  }

  async function asOne<T>(work: (sql: Statements) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      const sql: Statements = {
        query: async (text, values) => (await client.query(text, values)).rows,
      };
      await client.query('begin');
      const result = await work(sql);
      await client.query('commit');
      return result;
    } catch (error) {
      // A connection that has given no answer is not asked again: its end takes back what was done.
      if (isOutage(error)) broken = error as Error;
      else await client.query('rollback').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    async query(text, values) {
      const begunAt = performance.now();
      try {
        const { rows } = await pool.query(text, values);
        isThere = true;
        metrics().storeTook(performance.now() - begunAt);
        return rows;
      } catch (error) {
        throw note(error);
      }
    },
    async bytes(text) {
      const begunAt = performance.now();
      const copy = new Copy(`copy (${text}) to stdout (format binary)`);
      try {
        await pool.query(copy);
      } catch (error) {
        throw note(error);
      }
      isThere = true;
      metrics().storeTook(performance.now() - begunAt);
      return copy.firstField();
    },
    async transaction(work) {
      const begunAt = performance.now();
      for (let tries = 1; ; tries++) {
        try {
          const result = await asOne(work);
          isThere = true;
          metrics().storeTook(performance.now() - begunAt);
          return result;
        } catch (error) {
          if (isOrderOfLocks(codeOf(error)) && tries < mostTries) continue;
          throw isOutage(error) || error instanceof pg.DatabaseError ? note(error) : error;
        }
      }
    },
    async connect() {
      const client = new pg.Client(settings);
      client.on('error', () => {});
      await client.connect();
      return client;
    },
    get isThere() {
      return isThere;
    },
    end: () => pool.end(),
  };
}

// `pg` reads every column as UTF-8: it asks for bytes as hex, and with `binary: true` it spoils them. What is copied
// it hands over as it is.
class Copy extends pg.Query {
  private readonly parts: Buffer[] = [];

  /** @param message its bytes are overwritten by what comes next */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.parts.push(Buffer.from(chunk));
  }

  /** What a binary copy has in the first field of its first row. */
  firstField(): Buffer {
    const all =
      this.parts.length === 1 && this.parts[0] ? this.parts[0] : Buffer.concat(this.parts);
    // A signature of eleven bytes, four of flags, and an extension that says how long it is.
    const row = 19 + all.readInt32BE(15);
    const hasFields = all.readInt16BE(row) > 0;
    const length = hasFields ? all.readInt32BE(row + 2) : 0;
    return all.subarray(row + 6, row + 6 + Math.max(0, length));
  }
}

function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

/**
 * Whether it is the connection that failed, or the database is starting, stopping or full (SQLSTATE 08, 53
 * and 57P). The client's own errors have no code, and the network's have one of another form.
 */
function isOutage(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|53|57P)/.test(error.code ?? '');
  if (!(error instanceof Error) || error instanceof ApiError) return false;
  const isNetworks = /^E[A-Z]{4,}/.test(codeOf(error) ?? '');
  return isNetworks || /timeout|terminated|not queryable|connection/i.test(error.message);
}

/** A deadlock, or a transaction that could not be put in order with others. */
function isOrderOfLocks(code: string | undefined): boolean {
  return code === '40P01' || code === '40001';
}
