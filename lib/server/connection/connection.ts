import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type EarlyAnswer, type RequestKind, readHead } from './early-answer';

/** A request that has been read on a connection, and the answer that it waits for. */
export interface Waiting {
  request: IncomingMessage;
  response: ServerResponse;
}

/** A request that is worked on. */
export interface Current extends Waiting {
  head: { kind: RequestKind } | EarlyAnswer;
}

// Node reads 64 KB at a time, and emits every request in it at once: over two thousand. Each that
// waits costs some 5 KB, so all connections together may not have more than these.
const maxWaitingInAll = 10_000;
let waitingInAll = 0;
// A client that has ended its side loses its connection when nothing was sent to it for so long.
const halfClosedMs = 3000;

/**
 * One connection: its requests are worked on one after the other. While some wait, it isn't read.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #work: (current: Current) => void;
  #current: Current | undefined;
  #waiting: Waiting[] = [];

  /** @param work begins to work on a request; the next one follows when its response has closed */
  constructor(socket: Socket, work: (current: Current) => void) {
    this.#socket = socket;
    this.#work = work;
    // Node resumes it whenever a body is read or an answer has ended.
    socket.on('resume', () => {
      if (this.#waiting.length > 0) socket.pause();
    });
    // An upload ends upstream when its client hangs up. With anything else the client may still read;
    // who has gone altogether can't be told from that, and is waited for only a little.
    socket.once('end', () => {
      if (this.#current && isUpload(this.#current)) socket.destroy();
      else socket.setTimeout(halfClosedMs);
    });
    // Node closes a connection that is not kept with the answer. While a body is still coming that would
    // reset it, and take the answer along (RFC 9112 §9.6): until it has come, only our side ends.
    const destroySoon = socket.destroySoon.bind(socket);
    socket.destroySoon = () => {
      const request = this.#current?.request;
      if (!request || request.complete) return destroySoon();
      socket.end();
      request.once('end', destroySoon);
    };
    socket.once('close', () => {
      waitingInAll -= this.#waiting.length;
      this.#waiting = [];
    });
  }

  /** The answer to the request that is worked on. */
  get response(): ServerResponse | undefined {
    return this.#current?.response;
  }

  /** Takes a request that has been read. */
  take(one: Waiting): void {
    if (!this.#current) {
      this.#begin(one);
      return;
    }
    if (this.#socket.destroyed) return;
    this.#waiting.push(one);
    waitingInAll += 1;
    if (waitingInAll > maxWaitingInAll) this.#socket.destroy();
    else this.#socket.pause();
  }

  #begin(one: Waiting): void {
    // Node's parser drops what has come behind a request to upgrade, so the client has to hear that
    // nothing more is answered on this connection.
    if (asksForUpgrade(one.request)) one.response.shouldKeepAlive = false;
    this.#current = { ...one, head: readHead(one.request) };
    if (isUpload(this.#current) && this.#socket.readableEnded) {
      this.#socket.destroy();
      return;
    }
    // In a turn of its own, so that a long row of short requests lets others in.
    one.response.once('close', () => setImmediate(() => this.#next()));
    this.#work(this.#current);
  }

  #next(): void {
    this.#current = undefined;
    const next = this.#waiting.shift();
    if (!next) return;
    waitingInAll -= 1;
    if (this.#waiting.length === 0) this.#socket.resume();
    if (this.#socket.writable) this.#begin(next);
  }
}

function isUpload({ head }: Current): boolean {
  return 'kind' in head && head.kind === 'upload';
}

function asksForUpgrade({ headers }: IncomingMessage): boolean {
  return headers.upgrade !== undefined && /\bupgrade\b/i.test(headers.connection ?? '');
}
