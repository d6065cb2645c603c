import { type PictureUrl, parsePictureUrl } from '../../data-url';
import { type ErrorEnvelope, readErrorEnvelope } from '../../errors';
import { createSseReader } from '../../sse';

/** A picture block as it came, with every unknown field (a `thought_signature`, say). */
export type PictureBlock = { type?: unknown; image_url: { url: string }; [field: string]: unknown };

/** Token counts as the gateway states them. */
export interface ChatUsage {
  prompt_tokens?: number;
  completion_tokens?: number;
  total_tokens?: number;
}

/** What happens in a chat answer, in its order, streamed or not. */
export type ChatEvent =
  | { type: 'text-delta'; text: string }
  | { type: 'image-ready'; picture: PictureUrl; block: PictureBlock }
  /** A field of the assistant's message that this reader does not know; it has to go back. */
  | { type: 'message-field'; name: string; value: unknown }
  | { type: 'finish'; reason: string }
  | { type: 'usage'; usage: ChatUsage }
  | { type: 'error'; envelope: ErrorEnvelope }
  | { type: 'unreadable'; data: string };

type Fields = Record<string, unknown>;

/** Reads a whole chat answer, as `stream: false` gives it. */
export function readChatAnswer(body: unknown): ChatEvent[] {
  return readChunk(body, 'message');
}

/**
 * Reads a streamed chat answer: bytes in, in any pieces; events out as soon as they are whole.
 * `[DONE]` may be missing. A line that is no JSON becomes an `unreadable` event, never a throw.
 */
export function createChatStreamReader({ onEvent }: { onEvent: (event: ChatEvent) => void }): {
  write(bytes: Uint8Array): void;
  end(): void;
} {
  return createSseReader({
    onData: (data) => {
      if (data.trim() === '[DONE]') return;
      for (const event of readData(data)) onEvent(event);
    },
  });
}

function readData(data: string): ChatEvent[] {
  try {
    return readChunk(JSON.parse(data), 'delta');
  } catch {
    return [{ type: 'unreadable', data: data.slice(0, 200) }];
  }
}

// A streamed chunk has `delta` where a whole answer has `message`; some gateways mix them up.
function readChunk(body: unknown, usual: 'delta' | 'message'): ChatEvent[] {
  const envelope = readErrorEnvelope(body);
  if (envelope) return [{ type: 'error', envelope }];
  if (!isFields(body)) return [];
  const choices = Array.isArray(body.choices) ? body.choices : [];
  const events = choices.filter(isFields).flatMap((choice): ChatEvent[] => {
    const other = usual === 'delta' ? 'message' : 'delta';
    const message = isFields(choice[usual]) ? choice[usual] : choice[other];
    return [
      ...(isFields(message) ? readMessage(message) : []),
      // Not streamed, the "Beta" models have their pictures beside the message.
      ...readBlocks(choice.images),
      ...(typeof choice.finish_reason === 'string'
        ? [{ type: 'finish' as const, reason: choice.finish_reason }]
        : []),
    ];
  });
  if (isFields(body.usage)) events.push({ type: 'usage', usage: body.usage as ChatUsage });
  return events;
}

function readMessage(message: Fields): ChatEvent[] {
  const { role: _role, content, images, ...unknown } = message;
  return [
    ...(typeof content === 'string' ? textDelta(content) : readBlocks(content)),
    ...readBlocks(images),
    ...Object.entries(unknown)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => ({ type: 'message-field' as const, name, value })),
  ];
}

function readBlocks(blocks: unknown): ChatEvent[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.filter(isFields).flatMap((block): ChatEvent[] => {
    if (typeof block.text === 'string') return textDelta(block.text);
    if (!isFields(block.image_url) || typeof block.image_url.url !== 'string') return [];
    const picture = parsePictureUrl(block.image_url.url);
    return [{ type: 'image-ready', picture, block: block as PictureBlock }];
  });
}

function textDelta(text: string): ChatEvent[] {
  return text === '' ? [] : [{ type: 'text-delta', text }];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
