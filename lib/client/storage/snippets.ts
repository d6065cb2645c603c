import { type Connection, connection } from './database';
import type { Snippet } from './schema';

/** Stores pieces of prompts. Throws the browser's own errors. */
function createSnippets(database: Connection) {
  return {
    /** All of them, starred ones first, then the one that was changed last. */
    async snippets(): Promise<Snippet[]> {
      const all = await (await database()).getAll('snippets');
      return all.sort(
        (one, other) =>
          Number(other.isStarred) - Number(one.isStarred) || other.changedAt - one.changedAt,
      );
    },
    /** Stores one as it is: a new one, a changed one, or a removed one that comes back. */
    async putSnippet(snippet: Snippet): Promise<void> {
      await (await database()).put('snippets', snippet);
    },
    async removeSnippet(id: string): Promise<void> {
      await (await database()).delete('snippets', id);
    },
  };
}

/** The snippets in this browser's database. */
export const snippets = createSnippets(connection);
