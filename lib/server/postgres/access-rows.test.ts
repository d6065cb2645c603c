import { beforeEach, expect, it } from 'vitest';
import { createGuessLimit, TooManyAttempts } from '../access/guess-limit';
import { createKnownSources } from '../access/known-sources';
import { createSessions } from '../access/sessions';
import { openSharedAccess, withCounts } from './access-rows';
import { type Database, openDatabase } from './connection';
import { createLater } from './later';
import { sweepRows } from './list-rows';
import { newDatabase } from './postgres.setup';

const password = 'four-quiet-words';
let database: Database;
beforeEach(async () => {
  database = openDatabase(await newDatabase());
  return () => database.end();
});

async function openServer() {
  const files = await openSharedAccess(
    database,
    createLater(() => false),
  );
  const known = createKnownSources({ files, password });
  const guesses = createGuessLimit({
    known,
    limits: { own: 3, of56: 4, of48: 6, altogether: 9 },
    book: (names, decide) => withCounts(database, { names, windowMs: 60_000 }, decide),
  });
  let count = 0;
  const guess = (address: string, text = `wrong ${files.secret} ${count++}`) =>
    guesses.isRight({ guess: text, password, address }).catch((error: unknown) => {
      if (error instanceof TooManyAttempts) return 'refused';
      throw error;
    });
  return { files, known, guess, sessions: createSessions({ files, password }) };
}

it('who has signed in at one server is signed in at all, and signed out at all', async () => {
  const [a, b] = [await openServer(), await openServer()];
  const sealed = await a.sessions.begin('Ada');
  const session = await b.sessions.read(sealed);
  expect(session).toMatchObject({ name: 'Ada' });
  if (session) await b.sessions.end(session);
  expect(await b.sessions.read(sealed)).toBeUndefined();
  await a.files.refresh();
  expect(await a.sessions.read(sealed)).toBeUndefined();
  expect(await (await openServer()).sessions.read(sealed)).toBeUndefined();
});

it('counts wrong passwords of one address wherever they are tried, and all at once', async () => {
  const [a, b] = [await openServer(), await openServer()];
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_, index) => (index % 2 ? a : b).guess('192.0.2.1')),
  );
  expect(outcomes.filter((outcome) => outcome === false)).toHaveLength(3);
  expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(7);
  // Not even the right one tells more.
  expect(await a.guess('192.0.2.1', password)).toBe('refused');
  expect(await a.guess('192.0.2.2', password)).toBe(true);
  expect(await b.guess('192.0.2.2', 'another')).toBe(false);
});

it('knows an address that has shown the password at another server', async () => {
  const [a, b] = [await openServer(), await openServer()];
  expect(await a.guess('192.0.2.7', password)).toBe(true);
  expect(b.known.has('address 192.0.2.7')).toBe(false);
  await b.files.refresh();
  expect(b.known.has('address 192.0.2.7')).toBe(true);
  expect((await openServer()).known.has('address 192.0.2.7')).toBe(true);
});

it('keeps what knows an address for a day, and a sign-out for as long as its session could last', async () => {
  const { known, sessions } = await openServer();
  const signOut = async () => {
    const session = await sessions.read(await sessions.begin('Ada'));
    if (session) await sessions.end(session);
  };
  const hour = 60 * 60 * 1000;
  await known.note(['address 192.0.2.1']);
  await database.query('update known_sources set at = at - $1', [26 * hour]);
  await known.note(['address 192.0.2.2']);
  await signOut();
  await database.query('update signed_out set since = since - $1', [9 * 24 * hour]);
  await signOut();
  await sweepRows(database, hour);
  const left = await database.query(
    'select (select count(*) from known_sources) as marks, (select count(*) from signed_out) as ended',
  );
  expect(left).toEqual([{ marks: 1, ended: 1 }]);
});

it('keeps since when old cookies count, from whichever server noted it first', async () => {
  const [a, b] = [await openServer(), await openServer()];
  await a.files.write('old-cookies-since', 1000);
  await b.files.write('old-cookies-since', 2000);
  await b.files.refresh();
  expect(b.files.read('old-cookies-since')).toBe(1000);
});
