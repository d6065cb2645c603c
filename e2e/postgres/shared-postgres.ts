import type { TestProject } from 'vitest/node';
import { startPostgres } from './start-postgres';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of the database `postgres` of a server that all files share. */
    postgres: string;
  }
}

/** Starts one PostgreSQL for the files that only need databases of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide('postgres', await server.database());
  return server.close;
}
