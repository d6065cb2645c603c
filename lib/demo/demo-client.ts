import sharp from 'sharp';
import { readErrorEnvelope } from '../core/api-error';
import type { ChatEvent } from '../core/endpoints/chat/answer';
import { createChatReader } from '../core/endpoints/chat/answer-reader';
import { createMemoryKeeper } from '../core/endpoints/chat/memory-keeper.setup';
import { createImagesAnswerReader, type ImagesAnswer } from '../core/endpoints/images-answer';
import { catalogue } from '../core/models/catalogue';
import type { Model } from '../core/models/model';
import type { Sleep } from './context';
import { createDemoGateway, type DemoGateway } from './gateway';

// A client for the tests: it reads answers with the core's own parsers, as the pages do.

function choose(fits: (model: Model) => boolean): Model {
  const model = catalogue.find(fits);
  if (!model) throw new Error('The catalogue has no model of this kind any more.');
  return model;
}

/** Models by what they can do, for tests that need one of a kind. */
export const models = {
  free: choose(
    ({ endpoints, sizes }) => endpoints.includes('edits') && typeof sizes.legal === 'object',
  ),
  listed: choose(({ endpoints, sizes }) => endpoints.includes('edits') && sizes.legal === 'listed'),
  batch: choose(({ wire }) => wire.countIsUpperBound),
  content: choose(({ wire }) => wire.pictures === 'content'),
  images: choose(({ wire }) => wire.pictures === 'images' && wire.thoughtSignature),
};

/** An event, with the file of a picture. */
export type Heard =
  | Exclude<ChatEvent, { type: 'picture' }>
  | (Extract<ChatEvent, { type: 'picture' }> & { file: Buffer });

/** A gateway without waiting. */
export function startDemo({ sleep, latencyMs = 0 }: { sleep?: Sleep; latencyMs?: number } = {}) {
  return createDemoGateway({ models: catalogue, latencyMs, sleep, now: () => 1_790_000_000_000 });
}

/** Sends a body to a path: JSON, or a form. */
export function post(
  gateway: DemoGateway,
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  const isForm = body instanceof FormData;
  const request = new Request(`http://demo.test/api/v1${path}`, {
    method: 'POST',
    headers: isForm ? {} : { 'content-type': 'application/json' },
    body: isForm ? body : JSON.stringify(body),
    signal,
  });
  return gateway.fetch(request);
}

/** Reads an answer of an image endpoint as its bytes arrive. */
export async function readPictures(
  response: Response,
): Promise<{ answer: ImagesAnswer; pictures: Buffer[] }> {
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  const { keeper, files } = createMemoryKeeper();
  const pictures: Buffer[] = [];
  const reader = createImagesAnswerReader({
    keeper,
    onPicture: (index, { hash }) => {
      pictures[index] = files.get(hash) ?? Buffer.alloc(0);
    },
  });
  for await (const chunk of bodyOf(response)) reader.write(chunk);
  const answer = reader.end();
  return { answer, pictures };
}

/** Reads a chat answer to its end, streamed or not; a picture's block is as it came. */
export async function readEvents(response: Response): Promise<Heard[]> {
  const events: ChatEvent[] = [];
  const { keeper, files, textOf } = createMemoryKeeper();
  const reader = createChatReader(keeper, (event) => events.push(event), 'picture');
  for await (const chunk of bodyOf(response)) reader.write(chunk);
  reader.end();
  return events.flatMap((event): Heard[] => {
    if (event.type === 'arriving') return [];
    if (event.type !== 'picture') return [event];
    const { picture, writing, block } = event;
    const url = textOf({ hash: picture.hash, writing });
    const file = files.get(picture.hash) ?? Buffer.alloc(0);
    const whole = { ...block, image_url: { ...(block.image_url as object), url } };
    return [{ ...event, block: whole, file }];
  });
}

/** An answer that is an error, as its status and envelope. */
export async function readError(response: Response) {
  const envelope = readErrorEnvelope(await response.json());
  return { status: response.status, headers: response.headers, ...envelope?.error };
}

/** A response's body, to be read chunk by chunk. */
export function bodyOf(response: Response): AsyncIterable<Uint8Array> {
  if (!response.body) throw new Error('The answer has no body.');
  return response.body as unknown as AsyncIterable<Uint8Array>;
}

/** A picture as its pixels: four bytes each. */
export async function decode(bytes: Buffer) {
  const { data, info } = await sharp(bytes)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgba: data, width: info.width, height: info.height };
}

/** The mean of a picture's red, green and blue, 0 to 255. */
export async function meanColour(bytes: Buffer) {
  const { channels } = await sharp(bytes).stats();
  const [red = 0, green = 0, blue = 0] = channels.map(({ mean }) => mean);
  return { red, green, blue };
}
