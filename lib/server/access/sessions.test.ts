import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAccessFiles } from './access-files';
import { createSessions, sessionSeconds } from './sessions';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sessions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The sessions of a server that was started now. */
const start = ({ password = 'four-quiet-words', now = Date.now } = {}) =>
  createSessions({ files: openAccessFiles(folder), password, now, mostEnded: 3 });

const begin = async (sessions = start(), name = '李小明') => {
  const sealed = await sessions.begin(name);
  const session = await sessions.read(sealed);
  if (!session) throw new Error('The session did not begin');
  return { sealed, session };
};

describe('a session', () => {
  it('holds the name, sealed, in what a cookie may have', async () => {
    const { sealed, session } = await begin();
    expect(session.name).toBe('李小明');
    expect(sealed).toMatch(/^[\w.*-]+$/);
    expect(sealed).not.toContain(Buffer.from('李小明').toString('base64url'));
    expect(sealed.length).toBeLessThan(1000);
  });

  it('outlives a restart', async () => {
    const { sealed } = await begin();
    expect(await start().read(sealed)).toMatchObject({ name: '李小明' });
  });

  it('ends with the password that it was begun with', async () => {
    const { sealed } = await begin();
    expect(await start({ password: 'other-quiet-words' }).read(sealed)).toBeUndefined();
  });

  it('is of no use at another server', async () => {
    const { sealed } = await begin();
    rmSync(join(folder, 'access'), { recursive: true });
    expect(await start().read(sealed)).toBeUndefined();
  });

  it('ends after its time', async () => {
    const { sealed } = await begin();
    const later = (seconds: number) => () => Date.now() + seconds * 1000;
    expect(await start({ now: later(sessionSeconds - 60) }).read(sealed)).toBeDefined();
    expect(await start({ now: later(sessionSeconds) }).read(sealed)).toBeUndefined();
  });

  it('that was ended stays ended, in every copy and after a restart; others go on', async () => {
    const sessions = start();
    const [one, other] = [await begin(sessions), await begin(sessions)];
    await sessions.end(one.session);
    for (const at of [sessions, start()]) {
      expect(await at.read(one.sealed)).toBeUndefined();
      expect(await at.read(other.sealed)).toBeDefined();
    }
  });

  it('cannot be forged', async () => {
    const { sealed } = await begin();
    const sessions = start();
    const forged = [
      '',
      'x',
      'Fe26.2*',
      'Fe26.2*1*a*b*c*d*e*f',
      sealed.slice(0, -1),
      `${sealed}a`,
      sealed.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      sealed.replace('Fe26.2', 'Fe26.1'),
      JSON.stringify({ id: 'a', name: 'Ann', since: Date.now() }),
      'a'.repeat(20_000),
    ];
    for (const text of forged) expect(await sessions.read(text)).toBeUndefined();
    // Each part of it counts, though not how its last letter is spelt.
    const parts = sealed.split('*');
    for (const [index, part] of parts.entries()) {
      if (part === '') continue;
      const changed = (part[0] === 'a' ? 'b' : 'a') + part.slice(1);
      expect(await sessions.read(parts.with(index, changed).join('*'))).toBeUndefined();
    }
  });

  it('is ended with all from before where too many were, instead of filling the memory', async () => {
    let clock = Date.now();
    const sessions = start({ now: () => clock });
    const before = await begin(sessions);
    for (let count = 0; count < 4; count++) {
      clock++;
      await sessions.end({ id: `id-${count}`, name: '', since: clock });
    }
    for (const at of [sessions, start({ now: () => clock })]) {
      expect(await at.read(before.sealed)).toBeUndefined();
    }
    expect(await begin(sessions)).toBeDefined();
  });
});

describe('the files of sessions', () => {
  it('are for the server alone', async () => {
    await start().end({ id: 'a', name: 'Ann', since: Date.now() });
    const access = join(folder, 'access');
    expect(readdirSync(access).sort()).toEqual(['secret', 'signed-out.json']);
    for (const file of readdirSync(access)) {
      expect(statSync(join(access, file)).mode & 0o077).toBe(0);
    }
    expect(readFileSync(join(access, 'signed-out.json'), 'utf8')).not.toContain('Ann');
  });
});
