import type { ChatMessage } from '../../core/chat/message';
import { planPictures } from '../../core/chat/turn-plan';
import { pictureFileName } from '../../core/pictures/file-name';
import type { Attachment } from '../../core/references/reference';
import { picturesOf } from '../../core/runs/run-entry';
import { sentAs } from '../../core/runs/sent-pictures';
import { type Connection, connection } from './database';

/** A stored picture that can be sent with a message. */
export interface RecentPicture extends Omit<Attachment, 'id'> {
  /** When it was requested or added, in ms since 1970. */
  at: number;
}

/** The newest pictures of all pages, each once, newest first. Throws the browser's own errors. */
export async function recentPictures(
  limit: number,
  database: Connection = connection,
): Promise<RecentPicture[]> {
  const all = [...(await ofRuns(limit, database)), ...(await ofConversations(limit, database))];
  const found = new Map<string, RecentPicture>();
  for (const picture of all.sort((one, other) => other.at - one.at)) {
    if (!found.has(picture.hash)) found.set(picture.hash, picture);
  }
  return [...found.values()].slice(0, limit);
}

async function ofRuns(limit: number, database: Connection): Promise<RecentPicture[]> {
  const found: RecentPicture[] = [];
  const { store } = (await database()).transaction('runs');
  let cursor = await store.index('createdAt').openCursor(null, 'prev');
  while (cursor && found.length < limit) {
    const run = cursor.value;
    for (const place of picturesOf(run)) {
      const sent = sentAs({ run, ...place });
      if (!sent) continue;
      const { hash, name, byteLength, header } = sent;
      found.push({ hash, name, byteLength, header, at: run.createdAt });
    }
    cursor = await cursor.continue();
  }
  return found;
}

async function ofConversations(limit: number, database: Connection): Promise<RecentPicture[]> {
  const found: RecentPicture[] = [];
  const transaction = (await database()).transaction(['conversations', 'messages']);
  const conversations = transaction.objectStore('conversations').index('updatedAt');
  const kept = transaction.objectStore('messages').index('conversation');
  let cursor = await conversations.openCursor(null, 'prev');
  while (cursor && found.length < limit) {
    const { id, removedAt } = cursor.value;
    if (removedAt === null) {
      const messages = (await kept.getAll(id)).map(({ message }) => message);
      found.push(...messages.flatMap((message) => ofMessage(message, messages)));
    }
    cursor = await cursor.continue();
  }
  return found;
}

function ofMessage(message: ChatMessage, messages: readonly ChatMessage[]): RecentPicture[] {
  const question = messages.find(({ id }) => id === message.parent);
  const about = message.role === 'user' ? message : question;
  const prompt = about?.role === 'user' ? about.text : '';
  const at = message.createdAt;
  return planPictures({ path: [message], choices: {}, takesPictures: true }).flatMap(
    ({ hash, byteLength, header }, index) => {
      if (hash === null || !header) return [];
      const given = message.role === 'user' ? message.pictures[index]?.name : undefined;
      const name = given ?? pictureFileName({ prompt, at, index, format: header.format });
      return [{ hash, name, byteLength, header, at }];
    },
  );
}
