import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

// The house rules of ARCHITECTURE.md, held by a test: who may import whom, no cycles, and the wall
// round the server.

interface Room {
  /** Paths that begin so belong to the room; the first room that fits counts. */
  path: RegExp;
  rooms: string[];
  packages: string[];
}

const react = ['react', 'react-dom'];
const next = ['next'];

const rooms: Record<string, Room> = {
  core: {
    path: /^lib\/core\//,
    rooms: [],
    packages: ['eventsource-parser', 'marked', 'diff', 'papaparse'],
  },
  demo: {
    path: /^lib\/demo\//,
    rooms: ['core'],
    packages: ['node', 'sharp', 'hono'],
  },
  server: {
    path: /^lib\/server\//,
    rooms: ['core', 'demo', 'package.json'],
    packages: [
      'node',
      'server-only',
      'undici',
      'pino',
      'zod',
      'iron-webcrypto',
      'prom-client',
      'pg',
    ],
  },
  client: {
    path: /^lib\/client\//,
    rooms: ['core'],
    packages: ['zustand', 'react', 'idb', 'client-zip', '@noble/hashes'],
  },
  i18n: { path: /^lib\/i18n\//, rooms: ['core'], packages: ['use-intl', 'icu-minify', ...react] },
  ui: { path: /^components\/ui\//, rooms: [], packages: [...react, 'lucide-react'] },
  controls: {
    path: /^components\/controls\//,
    rooms: ['ui', 'client', 'core', 'i18n'],
    packages: [...react, 'use-intl', 'lucide-react', 'next/link', 'react-dropzone'],
  },
  runs: {
    path: /^components\/runs\//,
    rooms: ['controls', 'ui', 'client', 'core', 'i18n'],
    packages: [...react, 'use-intl', 'lucide-react', 'next/navigation'],
  },
  shell: {
    path: /^components\/shell\//,
    rooms: ['ui', 'client', 'core', 'i18n'],
    packages: [...react, 'use-intl', 'lucide-react', 'next/link', 'next/navigation'],
  },
  'sign-in': {
    path: /^components\/sign-in\//,
    rooms: ['shell', 'ui', 'client', 'core', 'i18n'],
    packages: [...react, 'use-intl', 'next/navigation'],
  },
  generate: {
    path: /^components\/generate\//,
    rooms: ['runs', 'controls', 'ui', 'client', 'core', 'i18n'],
    packages: [...react, 'use-intl', 'lucide-react', 'zustand', 'next/navigation'],
  },
  edit: {
    path: /^components\/edit\//,
    rooms: ['gallery', 'runs', 'controls', 'ui', 'client', 'core', 'i18n'],
    packages: [...react, 'use-intl', 'lucide-react', 'zustand', 'next/link'],
  },
  chat: {
    path: /^components\/chat\//,
    rooms: ['gallery', 'runs', 'controls', 'ui', 'client', 'core', 'i18n'],
    packages: [...react, 'use-intl', 'lucide-react', 'zustand', 'next/navigation'],
  },
  gallery: {
    path: /^components\/gallery\//,
    rooms: ['runs', 'controls', 'ui', 'client', 'core', 'i18n'],
    packages: [...react, 'use-intl', 'next/link', 'next/navigation'],
  },
  experiments: {
    path: /^components\/experiments\//,
    rooms: ['runs', 'controls', 'ui', 'client', 'core', 'i18n'],
    packages: [...react, 'use-intl'],
  },
  api: { path: /^app\/api\//, rooms: ['server', 'core'], packages: [] },
  instrumentation: {
    path: /^instrumentation(-node)?\.ts$/,
    rooms: ['server', 'api'],
    packages: [],
  },
  app: {
    path: /^(app\/|proxy\.ts$)/,
    rooms: [
      'shell',
      'sign-in',
      'generate',
      'edit',
      'chat',
      'gallery',
      'experiments',
      'server',
      'i18n',
      'core',
      'app',
    ],
    packages: [...react, ...next, 'use-intl'],
  },
  'package.json': { path: /^package\.json$/, rooms: [], packages: [] },
};

const root = join(import.meta.dirname, '..');
const folders = ['app', 'components', 'lib'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
    join(folder, path),
  ),
);
const files = [...folders, ...readdirSync(root)].filter(
  (file) => /\.tsx?$/.test(file) && !/\.(test|config|setup|d)\.ts$/.test(file),
);

const roomOf = (path: string) =>
  Object.entries(rooms).find(([, room]) => room.path.test(path))?.[0];

/** What a file imports: files of the tree by their path, packages by their name. */
function importsOf(file: string): { files: string[]; packages: string[] } {
  const text = readFileSync(join(root, file), 'utf8').replace(/^\s*(\/\/|\*).*$/gm, '');
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\(\s*|new URL\(\s*)'([^']+)'/g);
  const specifiers = [...found].map((match) => match[1] ?? '');
  const inTree = specifiers.filter((name) => /^(\.|@\/)/.test(name));
  return {
    files: inTree.map((name) => resolve(file, name)),
    packages: specifiers.filter((name) => !inTree.includes(name)),
  };
}

function resolve(file: string, name: string): string {
  const path = name.startsWith('@/')
    ? name.slice(2)
    : relative(root, join(root, dirname(file), name));
  const candidates = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`];
  return candidates.find((candidate) => files.includes(candidate)) ?? path;
}

function isAllowedPackage(name: string, room: Room): boolean {
  const isNode = name.startsWith('node:') || builtinModules.includes(name);
  return room.packages.some((allowed) =>
    allowed === 'node' ? isNode : name === allowed || name.startsWith(`${allowed}/`),
  );
}

describe('the rooms', () => {
  it('hold every file', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it.each(Object.entries(rooms))('%s imports only what it may', (name, room) => {
    const wrong = files
      .filter((file) => roomOf(file) === name)
      .flatMap((file) => {
        const imports = importsOf(file);
        const styles = (path: string) => path.endsWith('.css');
        return [
          ...imports.files
            .filter((path) => !styles(path))
            .filter((path) => ![name, ...room.rooms].includes(roomOf(path) ?? path)),
          ...imports.packages.filter((imported) => !isAllowedPackage(imported, room)),
        ].map((imported) => `${file} → ${imported}`);
      });
    expect(wrong).toEqual([]);
  });

  it('have no import cycle', () => {
    const graph = new Map(files.map((file) => [file, importsOf(file).files]));
    const state = new Map<string, 'open' | 'closed'>();
    const cycles: string[] = [];
    const visit = (file: string, path: string[]) => {
      if (state.get(file) === 'closed') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, 'closed');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('keep the server behind its wall', () => {
    const open = files
      .filter((file) => file.startsWith('lib/server/'))
      .filter((file) => !readFileSync(join(root, file), 'utf8').startsWith("import 'server-only'"));
    expect(open).toEqual([]);
  });

  it('find no element by the id that tests use', () => {
    const finding = files.filter((file) =>
      /\[data-testid|testid['"]\)|dataset\.testid/i.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(finding).toEqual([]);
  });

  it('name a model in the catalogue only', () => {
    const ids = /doubao-seedream|gpt-image-\d|gemini-\d/;
    const naming = files
      .filter((file) => file !== 'lib/core/models/catalogue.ts')
      .filter((file) => ids.test(readFileSync(join(root, file), 'utf8')));
    expect(naming).toEqual([]);
  });

  it('read the environment in one place', () => {
    const reading = files
      .filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'))
      .filter((file) => !['lib/server/config.ts', 'instrumentation.ts'].includes(file));
    // proxy.ts and the layout may ask whether this is `next dev`, which Next decides.
    expect(reading.filter((file) => file !== 'proxy.ts')).toEqual([]);
  });
});
