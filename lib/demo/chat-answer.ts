import type { Model } from '../core/models/model';
import type { Size } from '../core/sizes/sizes';
import { Base64Text, type Writable, writeJson } from './answer-body';
import { signPicture } from './chat-body';
import { troubles } from './trouble';
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

/** The sentence that comes with a picture, in the language of the prompt. */
export function replyText({
  prompt,
  bases,
  size,
  withPicture,
}: {
  prompt: string;
  /** How many pictures the new one was made from. */
  bases: number;
  size: Size;
  withPicture: boolean;
}): string {
  const topic = shorten(prompt);
  const measures = `${size.width} × ${size.height}`;
  if (/\p{Script=Han}/u.test(prompt)) {
    if (!withPicture) return `你说的是「${topic}」。我是演示网关，需要图片时再告诉我。`;
    if (bases > 1) return `我把 ${bases} 张图片合成了一张（${measures}）：「${topic}」。`;
    if (bases === 1) return `已按「${topic}」修改图片，尺寸 ${measures}。`;
    return `这是为「${topic}」画的图，尺寸 ${measures}。`;
  }
  if (!withPicture)
    return `You said “${topic}”. I am the demo gateway; ask me for a picture any time.`;
  if (bases > 1)
    return `Here are your ${bases} pictures brought together as “${topic}”, ${measures}.`;
  if (bases === 1) return `Done: I changed the picture to “${topic}”, ${measures}.`;
  return `Here you go: “${topic}”, ${measures}. I hope you like it!`;
}

/** Cuts a text into pieces of a few words or characters, as a model streams them. */
function inDeltas(text: string, count: number): string[] {
  const characters = [...text];
  const length = Math.max(1, Math.ceil(characters.length / count));
  return Array.from({ length: Math.ceil(characters.length / length) }, (_, index) =>
    characters.slice(index * length, (index + 1) * length).join(''),
  );
}

function shorten(prompt: string): string {
  const plain = troubles.reduce((text, { word }) => text.replaceAll(word, ''), prompt);
  const characters = [...plain.replace(/\s+/g, ' ').trim()];
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : characters.join('');
}
