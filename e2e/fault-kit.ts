import type { IncomingMessage, ServerResponse } from 'node:http';

// What the faults of the upstream are made of.

/** One event of a streamed chat answer. */
export const chunkOf = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`;

export const jsonType = { 'content-type': 'application/json' };
export const eventType = { 'content-type': 'text/event-stream' };
/** An error as gateways send it. */
export const envelope = (message: string, code: string | null) =>
  JSON.stringify({ error: { message, type: 'some_type', param: null, code, extra: 'kept' } });

/** Answers one request, well or badly. */
export type Fault = (context: {
  request: IncomingMessage;
  response: ServerResponse;
  /** The request's body. */
  body: Buffer;
  /** Resolves when the client's connection is closed. */
  closed: Promise<void>;
  /** How many requests for the same came before this one. */
  earlier: number;
}) => void | Promise<void>;

/** A whole answer. */
export const send =
  (status: number, headers: Record<string, string>, body: string | Buffer): Fault =>
  ({ response }) => {
    response.writeHead(status, headers).end(body);
  };
/** An answer that begins well. */
export const begin =
  (headers: Record<string, string>, start: string, then: Fault): Fault =>
  async (context) => {
    context.response.writeHead(200, headers);
    await new Promise<void>((resolve) => context.response.write(start, () => resolve()));
    await then(context);
  };
/** A connection that breaks. */
export const reset: Fault = ({ request }) => {
  request.socket.resetAndDestroy();
};
/** A gateway that says nothing more. */
export const silent: Fault = () => {};

const waiting = new Set<() => void>();
/** Resolves when a test says so. */
export const nextStep = () => new Promise<void>((resolve) => waiting.add(resolve));

/** Lets the faults that wait between two events go on. */
export function releaseStep(): void {
  for (const goOn of waiting) goOn();
  waiting.clear();
}
