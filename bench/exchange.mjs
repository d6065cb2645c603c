import { request as send } from 'node:http';

/** Sends a request and reads the answer to its end; gives its bytes only if asked. */
export function exchange(
  { port, path, method = 'POST', headers = {}, status = 200, onData = () => {} },
  pieces = [],
) {
  return new Promise((resolve, reject) => {
    const request = send({ hostname: '127.0.0.1', port, path, method, headers }, (response) => {
      if (response.statusCode !== status) reject(new Error(`${path}: ${response.statusCode}`));
      response.on('data', onData);
      response.on('end', () => resolve(response.headers));
      response.on('error', reject);
    });
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
