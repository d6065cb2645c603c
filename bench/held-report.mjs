// Loaded into a server that is measured or tested (--import): whoever connects to the socket gets
// what the process holds after a collection. Nothing of it is in the product.
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

// A server that was killed leaves it behind.
rmSync(process.env.HELD_SOCKET, { force: true });

createServer((socket) => {
  // What a first collection lets go of may hold memory outside of the heap until the next.
  collect();
  setImmediate(() => {
    collect();
    const resources = process.getActiveResourcesInfo();
    socket.end(JSON.stringify({ memory: process.memoryUsage(), resources }));
  });
})
  .listen(process.env.HELD_SOCKET)
  .unref();
