import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeGeneration } from './core/endpoints/image-request';
import { catalogue } from './core/models/catalogue';
import { findModel } from './core/models/lookup';
import { troubles } from './demo/trouble';
import { mergeModelsFile } from './server/models-file';

// README.md, ARCHITECTURE.md, SECURITY.md, docs/ and .env.example are true to the code.

const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8');
const readme = read('README.md');

/** A code block of the README; the comment above the block names it. */
function example(name: string): string {
  const text = readme.split(`<!-- example: ${name} -->`)[1]?.split('```')[1];
  if (text === undefined) throw new Error(`The README has no example ${name}`);
  return text.slice(text.indexOf('\n') + 1);
}

describe('the README', () => {
  it('has the two commands that start and test everything', () => {
    const lines = readme.split('\n');
    expect(lines).toContain('npm ci && npm start');
    expect(lines).toContain('npm ci && npm test');
  });

  it('shows a picture that exists', () => {
    const picture = /!\[[^\]]+\]\(([^)]+)\)/.exec(readme)?.[1] ?? '';
    const bytes = readFileSync(join(import.meta.dirname, '..', picture));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.length).toBeLessThan(400 * 1024);
  });

  it('has a models file that adds a model and changes another', () => {
    const folder = mkdtempSync(join(tmpdir(), 'models-'));
    try {
      const file = join(folder, 'models.json');
      writeFileSync(file, example('models.json'));
      const models = mergeModelsFile(catalogue, file);
      expect(models).toHaveLength(catalogue.length + 1);
      const request = (fields: object) =>
        decodeGeneration({ model: 'turing/gpt-image-2-mini', prompt: 'p', ...fields }, models);
      expect(() => request({ quality: 'low', seed: 7, trace_id: 'a' })).not.toThrow();
      expect(() => request({ quality: 'high' })).toThrow(/quality/);
      expect(() => request({ size: '2048x2048' })).toThrow(/size/);
      expect(findModel(models, 'doubao-seedream-4-5-251128')).toMatchObject({
        label: { en: 'Seedream 4.5' },
        rate: { requests: 500, seconds: 60 },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('lists every word that makes the demo gateway fail, and no other', () => {
    const listed = [...readme.matchAll(/^\| `(\[[a-z-]+\])` \|/gm)].map((match) => match[1]);
    expect(listed.sort()).toEqual(troubles.map(({ word }) => word).sort());
  });

  it('lists every command', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const name of Object.keys(scripts)) {
      const command = ['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`;
      expect(readme).toContain(`| \`${command}\` |`);
    }
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(() => read(link)).not.toThrow();
  });
});

describe('.env.example', () => {
  const lines = read('.env.example').trim().split('\n').slice(1);
  const names = lines.map((line) => /^# ([A-Z_]+)=\S+ {2}# \S/.exec(line)?.[1] ?? line);

  it('has one setting a line, each with an example and what it is', () => {
    for (const name of names) expect(name).toMatch(/^[A-Z_]+$/);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has the settings that the code reads, and README and docs/operating.md those that it has', () => {
    const source = read('lib/server/config.ts');
    const known = [...source.matchAll(/'((?:[A-Z]+_)+[A-Z]+)'/g)].map((match) => match[1]);
    expect(names).toEqual(expect.arrayContaining([...new Set(known)]));
    const table = readme.split('## Settings')[1]?.split('\n## ')[0] ?? '';
    const operating = read('docs/operating.md').split('## Settings')[1]?.split('\n## ')[0] ?? '';
    for (const name of names) {
      expect(table).toContain(`\`${name}\``);
      expect(operating).toContain(`\`${name}\``);
    }
  });
});

describe.each(['docs/threats.md', 'SECURITY.md'])('%s', (page) => {
  it('names tests that exist', () => {
    const named = [...read(page).matchAll(/`([\w./-]+\.(?:spec|test)\.ts)`/g)];
    expect(named.length).toBeGreaterThan(20);
    for (const [, file = ''] of named) expect(() => read(file)).not.toThrow();
  });
});

describe('ARCHITECTURE.md', () => {
  const page = read('ARCHITECTURE.md');

  it('draws the tree as it is', () => {
    const tree = page.split('## The tree')[1]?.split('```')[1] ?? '';
    const folders: string[] = [];
    const missing: string[] = [];
    for (const line of tree.split('\n').slice(1)) {
      const [, indent = '', names = ''] = /^( *)(.*?)(?: {2}.*)?$/.exec(line) ?? [];
      // Further in there are only words.
      if (indent.length > 6) continue;
      const depth = indent.length / 2;
      for (const name of names.split(' ').filter((word) => /[/.]/.test(word))) {
        const path = join(...folders.slice(0, depth), name);
        if (name.endsWith('/')) folders.splice(depth, Infinity, name);
        if (!existsSync(join(import.meta.dirname, '..', path))) missing.push(path);
      }
    }
    expect(folders.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });

  it('lists five walks by files that are there', () => {
    const walks = page.split('## Five walks')[1]?.split('\n## ')[0] ?? '';
    const named = [...walks.matchAll(/`([\w.-]+(?:\/[\w.-]+)+)`/g)].map(([, path = '']) => path);
    const files = ['app', 'components', 'lib'].flatMap((folder) =>
      readdirSync(join(import.meta.dirname, '..', folder), {
        recursive: true,
        encoding: 'utf8',
      }).map((path) => `/${join(folder, path)}`.replace(/\.tsx?$/, '')),
    );
    expect(named.length).toBeGreaterThan(40);
    const missing = named.filter((path) => !files.some((file) => file.endsWith(`/${path}`)));
    expect(missing).toEqual([]);
  });

  it('names the packages of each room as the test of the rooms does', () => {
    const rooms = read('lib/architecture.test.ts');
    const table = page.split('## Who may import whom')[1]?.split('\n\n')[1] ?? '';
    for (const name of [
      'zod',
      'idb',
      'client-zip',
      '@noble/hashes',
      'undici',
      'pino',
      'hono',
      'iron-webcrypto',
      'prom-client',
      'pg',
    ]) {
      expect(table.includes(name)).toBe(rooms.includes(`'${name}'`));
    }
  });
});
