import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// What `docker build` makes of the Dockerfile, without Docker: both stages as folders, and what the
// last lines say about how it is run. An instruction that is not known here is an error.

/** The image as a folder, and how its server is run. */
export interface Image {
  /** The folder that stands for `/`. Nobody may write in it but in the volume. */
  root: string;
  workdir: string;
  volume: string;
  /** Its ENV. Paths are still those of the image. */
  env: Record<string, string>;
  /** Of USER, where this process may choose; else this process's own. */
  uid: number | undefined;
  gid: number | undefined;
  command: string[];
  healthcheck: string[];
}

const repository = join(import.meta.dirname, '..');

interface Instruction {
  name: string;
  words: string;
}

/** Builds the image in a new folder, with Node as it runs here. This takes as long as a build. */
export function buildImage(): Image {
  const folder = mkdtempSync(join(tmpdir(), 'playground-image-'));
  // The user of the image has to come through.
  chmodSync(folder, 0o755);
  const [build = [], final = []] = stages(readFileSync(join(repository, 'Dockerfile'), 'utf8'));
  buildStage(build, join(folder, 'build'));
  return finalStage(final, { build: join(folder, 'build'), root: join(folder, 'root') });
}

/** The instructions of a Dockerfile, by their stage. */
function stages(dockerfile: string): Instruction[][] {
  const lines = dockerfile
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n');
  const found: Instruction[][] = [];
  for (const line of lines) {
    const [, name = '', words = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') found.push([]);
    else if (name !== '') found.at(-1)?.push({ name, words });
    else if (line.trim() !== '') throw new Error(`This line has no instruction: ${line}`);
  }
  if (found.length !== 2) throw new Error('The Dockerfile must have two stages.');
  return found;
}

function buildStage(instructions: Instruction[], root: string): void {
  let workdir = root;
  let env: Record<string, string> = {};
  mkdirSync(root);
  for (const { name, words } of instructions) {
    if (name === 'WORKDIR') workdir = makeFolder(join(root, words));
    else if (name === 'ENV') env = { ...env, ...variables(words) };
    else if (name === 'COPY') copyFromContext(words.split(' '), workdir);
    else if (name === 'RUN') run(words, { root, workdir, env });
    else throw new Error(`What is ${name} in the stage that builds?`);
  }
}

/** Copies what .dockerignore lets through: it leaves everything out but the lines that begin with `!`. */
export function copyFromContext(words: string[], workdir: string): void {
  const [all, ...lines] = readFileSync(join(repository, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const context = lines.map((line) => line.replace(/^!/, ''));
  if (all !== '**' || lines.some((line) => !/^![\w.-]+$/.test(line))) {
    throw new Error('.dockerignore must leave all out but the files and folders that it lists.');
  }
  const sources = words.slice(0, -1);
  for (const path of sources[0] === '.' ? context : sources) {
    if (!context.includes(path)) throw new Error(`.dockerignore leaves out ${path}`);
    cpSync(join(repository, path), join(workdir, path), { recursive: true });
  }
}

function run(
  words: string,
  { root, workdir, env }: { root: string; workdir: string; env: Record<string, string> },
): void {
  if (words.startsWith('npm ci')) {
    // They are there.
    copyPackages(workdir);
  } else if (/^mkdir \/\w+$/.test(words)) {
    mkdirSync(join(root, words.slice('mkdir '.length)));
  } else {
    const { PATH = '', HOME = '' } = process.env;
    const { status } = spawnSync('sh', ['-c', words], {
      cwd: workdir,
      env: { ...env, NODE_ENV: 'production', PATH: `${dirname(process.execPath)}:${PATH}`, HOME },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error(`This failed: ${words}`);
  }
}

/** Copies node_modules. Links take no time, but need the same file system. */
export function copyPackages(workdir: string): void {
  const copy = (how: string) =>
    spawnSync('cp', [how, join(repository, 'node_modules'), workdir]).status === 0;
  if (!copy('-al') && !copy('-a')) throw new Error('node_modules cannot be copied.');
}

function finalStage(instructions: Instruction[], { build, root }: { build: string; root: string }) {
  const mayChoose = process.getuid?.() === 0;
  const image: Image = {
    root,
    workdir: root,
    volume: '',
    env: {},
    uid: undefined,
    gid: undefined,
    command: [],
    healthcheck: [],
  };
  // For what a program may want to write in spite of all; the image has no such folder to write in.
  makeFolder(join(root, 'tmp'));
  for (const { name, words } of instructions) {
    if (name === 'WORKDIR') image.workdir = makeFolder(join(root, words));
    else if (name === 'COPY') copyFromBuild(words.split(' '), { image, build, mayChoose });
    else if (name === 'ENV') image.env = { ...image.env, ...variables(words) };
    else if (name === 'VOLUME') image.volume = join(root, words);
    else if (name === 'CMD') image.command = JSON.parse(words);
    else if (name === 'HEALTHCHECK') image.healthcheck = JSON.parse(words.split(' CMD ')[1] ?? '');
    else if (name === 'USER') {
      const [uid, gid] = words.split(':').map(Number);
      if (mayChoose) Object.assign(image, { uid, gid });
    } else if (name !== 'EXPOSE') throw new Error(`What is ${name} in the image?`);
  }
  closeFolder(root, image.volume);
  return image;
}

function copyFromBuild(
  words: string[],
  { image, build, mayChoose }: { image: Image; build: string; mayChoose: boolean },
): void {
  const [source = '', target = ''] = words.filter((word) => !word.startsWith('--'));
  if (!words.includes('--from=build')) throw new Error(`COPY ${words.join(' ')}: from where?`);
  const to = target.startsWith('/') ? join(image.root, target) : resolve(image.workdir, target);
  cpSync(join(build, source), to, { recursive: true, verbatimSymlinks: true });
  const [, uid, gid] = /--chown=(\d+):(\d+)/.exec(words.join(' ')) ?? [];
  if (uid && mayChoose) chownSync(to, Number(uid), Number(gid));
}

/** Takes the right to write from everybody, but in the volume. */
function closeFolder(folder: string, volume: string): void {
  chmodSync(folder, 0o555);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (path === volume || entry.isSymbolicLink()) continue;
    if (entry.isDirectory()) closeFolder(path, volume);
    else chmodSync(path, 0o444);
  }
}

function variables(words: string): Record<string, string> {
  return Object.fromEntries(words.split(/\s+/).map((pair) => pair.split('=')));
}

function makeFolder(path: string): string {
  if (!existsSync(path)) mkdirSync(path, { recursive: true });
  return path;
}
