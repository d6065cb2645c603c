import { randomBytes } from 'node:crypto';
import { request as send } from 'node:http';
import { pngStart } from './png-start.mjs';
import { answers, median, peakMemory, start } from './processes.mjs';

const ports = { upstream: 4210, pipe: 4211, app: 3210 };
const rounds = 5;
const boundary = 'bench-boundary-0123456789';
const fileBytes = 45 * 1024 * 1024;
const files = 16;

/** Pictures down and files up, through the app and through a bare pipe, turn by turn. */
export async function benchProxy() {
  const url = (port) => `http://127.0.0.1:${port}/api/v1`;
  const listening = (port) => answers(`http://127.0.0.1:${port}/api/v1/none`);
  const upstreamAnswers = async () =>
    (await fetch(`${url(ports.upstream)}/images/edits`, { method: 'POST', body: 'x' })).ok;
  await start(['bench/upstream.mjs'], { PORT: ports.upstream }, upstreamAnswers);
  await start(
    ['bench/pipe.mjs'],
    { PORT: ports.pipe, UPSTREAM: url(ports.upstream) },
    async () => (await fetch(`${url(ports.pipe)}/images/edits`, { method: 'POST', body: 'x' })).ok,
  );
  const pid = await start(
    ['node_modules/next/dist/bin/next', 'start', '-p', String(ports.app)],
    { TURING_BASE_URL: url(ports.upstream), TURING_API_KEY: 'sk-bench-0123456789abcdef' },
    listening(ports.app),
  );
  const down = (port) => download(port);
  const up = (port) => upload(port);
  return [
    await compare('ten pictures of 25 MB down', {
      pid,
      work: down,
      aims: { ratio: 1.3, memory: 200 },
    }),
    await compare('16 files of 45 MB up', { pid, work: up, aims: { ratio: 1.5, memory: 200 } }),
  ].flat();
}

async function compare(name, { pid, work, aims }) {
  await work(ports.pipe);
  await work(ports.app);
  const times = { pipe: [], app: [] };
  const peaks = [];
  for (let round = 0; round < rounds; round++) {
    times.pipe.push(await timed(() => work(ports.pipe)));
    peaks.push(
      await peakMemory(pid, async () => {
        times.app.push(await timed(() => work(ports.app)));
      }),
    );
  }
  const [app, pipe] = [median(times.app), median(times.pipe)];
  return [
    {
      figure: `${name}: app ÷ pipe`,
      value: (app / pipe).toFixed(2),
      aim: `≤ ${aims.ratio}`,
      detail: `${app.toFixed(0)} ms ÷ ${pipe.toFixed(0)} ms, median of ${rounds}`,
    },
    {
      figure: `${name}: server memory at its peak`,
      value: `${Math.max(...peaks)} MB`,
      aim: `≤ ${aims.memory} MB`,
      detail: `highest of ${rounds} rounds`,
    },
  ];
}

async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function download(port) {
  const body = JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'bench', n: 10 });
  return exchange({ port, path: '/api/v1/images/generations', type: 'application/json' }, [body]);
}

function upload(port) {
  const type = `multipart/form-data; boundary=${boundary}`;
  return exchange({ port, path: '/api/v1/images/edits', type }, uploadBody());
}

const noise = randomBytes(256 * 1024);

function* uploadBody() {
  const field = (name, value) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  yield Buffer.from(field('model', 'turing/gpt-image-2') + field('prompt', 'bench'));
  for (let index = 0; index < files; index++) {
    yield Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="image[]"; filename="${index}.png"\r\n` +
        'Content-Type: image/png\r\n\r\n',
    );
    yield pngStart({ width: 3840, height: 2160 });
    for (let sent = 0; sent < fileBytes; sent += noise.length) yield noise;
    yield Buffer.from('\r\n');
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}

function exchange({ port, path, type }, pieces) {
  return new Promise((resolve, reject) => {
    const request = send(
      { hostname: '127.0.0.1', port, path, method: 'POST', headers: { 'content-type': type } },
      (response) => {
        if (response.statusCode !== 200) reject(new Error(`${path}: ${response.statusCode}`));
        response.on('data', () => {});
        response.on('end', resolve);
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    void write(request, pieces);
  });
}

async function write(request, pieces) {
  for (const piece of pieces) {
    if (!request.write(piece)) await new Promise((resolve) => request.once('drain', resolve));
  }
  request.end();
}
