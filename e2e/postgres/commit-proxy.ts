import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a server and its database, and lets neither past a booking's commit without saying so. */
export interface CommitProxy {
  /** The database's URL by way of it. */
  url: string;
  /**
   * Calls at the commit of the next booking, of which nothing more is passed on, and then closes its connection: `asked`, before the database has
   * heard of it, or `done`, before the server hears that it is durable.
   */
  stopAt(moment: 'asked' | 'done', call: () => Promise<unknown>): void;
  close(): void;
}

export async function startCommitProxy(databaseUrl: string): Promise<CommitProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let stop: { moment: 'asked' | 'done'; call: () => Promise<unknown> } | undefined;
  const proxy = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    let [hasBooking, isCommitting] = [false, false];
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        database.destroy();
      });
    }
    const halt = () => {
      const { call } = stop ?? {};
      stop = undefined;
      client.pause();
      database.pause();
      void call?.().then(() => client.destroy());
    };
    // `pg` sends one statement, and waits for its answer.
    client.on('data', (data) => {
      hasBooking ||= data.includes('insert into charges');
      isCommitting = hasBooking && data.includes('commit\0');
      if (isCommitting) hasBooking = false;
      if (isCommitting && stop?.moment === 'asked') return halt();
      database.write(data);
    });
    database.on('data', (data) => {
      if (isCommitting && stop?.moment === 'done' && data.includes('COMMIT\0')) return halt();
      client.write(data);
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((proxy.address() as AddressInfo).port);
  return {
    url: url.href,
    stopAt(moment, call) {
      stop = { moment, call };
    },
    close() {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
