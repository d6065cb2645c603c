import type { Model } from '../core/models/model';
import { Base64Text, type Writable, writeJson } from './json-writer';
import { signPicture } from './picture-text';
import { inDeltas } from './reply';
import type { chatUsage } from './usage';

/** Everything that an answer says, before it is put into the model's own format. */
export interface ChatReply {
  id: string;
  created: number;
  model: Model;
  text: string;
  picture: Promise<Buffer> | undefined;
  mimeType: string;
  usage: ReturnType<typeof chatUsage>;
}

/** How many pieces a streamed text comes in. */
export const deltaCount = 6;

/** A whole answer, `stream: false` (contract, "Where the picture comes back"). */
export async function wholeAnswer(reply: ChatReply): Promise<Writable> {
  const { text, model } = reply;
  const blocks = reply.picture ? [pictureBlock(reply, await reply.picture)] : [];
  const inContent = model.wire.pictures !== 'images';
  const said = text === '' ? [] : [{ type: 'text', text }];
  const content = inContent && blocks.length > 0 ? [...said, ...blocks] : text;
  const choice = {
    index: 0,
    message: { role: 'assistant', content },
    images: inContent || blocks.length === 0 ? undefined : blocks,
    finish_reason: 'stop',
  };
  return { ...envelope(reply, 'chat.completion'), choices: [choice], usage: reply.usage };
}

/** A streamed answer as Server-Sent Events: text in pieces over the latency, then the picture. */
export async function* streamedAnswer({
  reply,
  includeUsage,
  breakInPicture,
  pause,
}: {
  reply: ChatReply;
  includeUsage: boolean;
  breakInPicture: boolean;
  /** Waits for one step of the latency; there are one more than pieces of text. */
  pause: () => Promise<void>;
}): AsyncGenerator<string> {
  const chunk = (delta: Writable, finish_reason: string | null = null): Writable => ({
    ...envelope(reply, 'chat.completion.chunk'),
    choices: [{ index: 0, delta, finish_reason }],
  });
  yield* event(chunk({ role: 'assistant', content: '' }));
  for (const content of inDeltas(reply.text, deltaCount)) {
    await pause();
    yield* event(chunk({ content }));
  }
  await pause();
  if (reply.picture) {
    const blocks = [pictureBlock(reply, await reply.picture)];
    const delta =
      reply.model.wire.pictures === 'images'
        ? { content: [], images: blocks }
        : { content: blocks };
    yield* event(chunk(delta), breakInPicture);
  }
  yield* event(chunk({}, 'stop'));
  if (includeUsage) {
    const last = { ...envelope(reply, 'chat.completion.chunk'), choices: [], usage: reply.usage };
    yield* event(last);
  }
  yield 'data: [DONE]\n\n';
}

async function* event(value: Writable, breakInPicture = false): AsyncGenerator<string> {
  yield 'data: ';
  yield* writeJson(value, { breakInPicture });
  yield '\n\n';
}

function envelope({ id, created, model }: ChatReply, object: string) {
  return { id, object, created, model: model.id };
}

// The Beta format has bare base64, the other a data URL: the page shows both.
function pictureBlock({ model, mimeType }: ChatReply, bytes: Buffer): Writable {
  const prefix = model.wire.pictures === 'images' ? '' : `data:${mimeType};base64,`;
  return {
    type: 'image_url',
    image_url: { url: new Base64Text(async () => bytes, prefix) },
    thought_signature: model.wire.thoughtSignature ? signPicture(bytes) : undefined,
  };
}
