// The floor of a run: the bare proxy that also keeps what passes in a fresh file, with its checksum.
import { mkdtempSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { createServer, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, Transform } from 'node:stream';
import { crc32 } from 'node:zlib';

const upstream = new URL(process.env.UPSTREAM);
const folder = mkdtempSync(join(tmpdir(), 'bench-pipe-disk-'));
const mostQueued = 1024 ** 2;
const noop = () => {};
let count = 0;

/** Passes chunks on, and writes them to a file in batches, as many as have come meanwhile. */
function keepInFile() {
  const path = join(folder, String(count++));
  const opened = open(path, 'w');
  let checksum = 0;
  let queued = [];
  let queuedBytes = 0;
  let writing;
  const write = async () => {
    const file = await opened;
    while (queued.length > 0) {
      const batch = queued;
      queued = [];
      queuedBytes = 0;
      await file.writev(batch);
    }
    writing = undefined;
  };
  return new Transform({
    transform(chunk, _encoding, next) {
      checksum = crc32(chunk, checksum);
      queued.push(chunk);
      queuedBytes += chunk.length;
      writing ??= write();
      if (queuedBytes < mostQueued) next(null, chunk);
      else writing.then(() => next(null, chunk), next);
    },
    async flush(next) {
      await writing;
      await (await opened).close();
      next();
      await rm(path);
    },
  });
}

const server = createServer((request, response) => {
  const { host: _host, connection: _connection, ...headers } = request.headers;
  const { hostname, port } = upstream;
  const options = { hostname, port, path: request.url, method: 'POST', headers };
  const forwarded = send(options, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    pipeline(answer, keepInFile(), response, noop);
  });
  pipeline(request, forwarded, noop);
});
server.requestTimeout = 0;
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
process.on('SIGTERM', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
