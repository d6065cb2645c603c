import { pathTo } from '../../core/chat/conversation';
import type { ChatMessage } from '../../core/chat/message';
import {
  type Lineage,
  lineageOf,
  type Making,
  makingOfAnswer,
  makingOfRun,
} from '../../core/gallery/lineage';
import { type Connection, connection } from './database';

/** So many pictures are looked up for one: a tree of hundreds of sources shows nothing to anybody. */
const mostPictures = 200;

/**
 * What is stored of how a picture came about, and of what was made of it, on every page.
 * @throws the browser's own errors
 */
export async function loadLineage(
  hash: string,
  database: Connection = connection,
): Promise<Lineage> {
  const open = await database();
  const makings = new Map<string, Making>();
  const looked = new Set<string>();
  const conversations = new Set<string>();

  /** Finds everything that has a picture among its sources or results. */
  const look = async (picture: string) => {
    looked.add(picture);
    const [runs, cells, messages] = await Promise.all([
      open.getAllFromIndex('runs', 'pictures', picture),
      open.getAllFromIndex('cells', 'pictures', picture),
      open.getAllFromIndex('messages', 'pictures', picture),
    ]);
    // A damaged record tells nothing.
    for (const run of [...runs, ...cells]) if (run.request) makings.set(run.id, makingOfRun(run));
    for (const { conversation } of messages) await readConversation(conversation);
  };
  const readConversation = async (id: string) => {
    if (conversations.has(id)) return;
    conversations.add(id);
    const found = await open.get('conversations', id);
    if (!found || found.removedAt !== null) return;
    const kept = await open.getAllFromIndex('messages', 'conversation', id);
    const all = new Map<string, ChatMessage>(kept.map(({ message }) => [message.id, message]));
    for (const message of all.values()) {
      if (message.role !== 'assistant') continue;
      makings.set(message.id, makingOfAnswer(message, pathTo(all, message.parent ?? '')));
    }
  };

  await look(hash);
  for (;;) {
    const lineage = lineageOf(hash, [...makings.values()]);
    const { madeBy, before } = lineage;
    const sources = [...(madeBy ? [madeBy] : []), ...before].flatMap((making) => making.sources);
    const next = [...new Set(sources)].filter((source) => !looked.has(source));
    if (next.length === 0 || looked.size >= mostPictures) return lineage;
    for (const source of next.slice(0, mostPictures - looked.size)) await look(source);
  }
}
