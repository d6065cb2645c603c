import { createHash } from 'node:crypto';
import type { ChatRequest } from '../core/endpoints/chat/chat-request';
import { defaultPlace, pictureFor } from '../core/models/lookup';
import type { Model } from '../core/models/model';
import type { Size } from '../core/sizes/sizes';
import { answerBody, writeJson } from './answer-body';
import { type ChatReply, deltaCount, replyText, streamedAnswer, wholeAnswer } from './chat-answer';
import { checkSignatures, type DemoConversation, readConversation } from './chat-body';
import { admitRequest, type Exchange } from './context';
import { paintOver } from './painting/compose';
import { drawPicture } from './painting/drawing';
import { encodePicture, type Output, openDrawing } from './painting/pixels';
import { failAfterWork, failsAfterWork, slowness, troublesIn } from './trouble';
import { chatUsage } from './usage';

/** Answers `POST /chat/completions`. */
export async function answerChat({ request, context, work }: Exchange): Promise<Response> {
  const conversation = await readConversation(request, context.models);
  const { body, prompt, userText } = conversation;
  const { model, asked } = admitRequest(context, body, prompt);
  if (model.wire.thoughtSignature) {
    checkSignatures(conversation.pictures, troublesIn(userText).has('strict-signatures'));
  }

  const { signal } = work;
  const latency = context.latencyMs * (asked.has('slow') ? slowness : 1);
  if (failsAfterWork(asked)) await context.sleep(latency, signal);
  failAfterWork(asked);

  const { size, tokens } = pictureAsked(body, model);
  const output = chatOutput(body);
  const withPicture = body.modalities?.includes('image') ?? true;
  const withText = body.modalities?.includes('text') ?? true;
  const bases = withPicture ? conversation.bases.length : 0;
  const text = withText ? replyText({ prompt, bases, size, withPicture }) : '';
  const painter = withPicture ? choosePainter(conversation, size, output) : undefined;
  const picture = painter && context.limiter(painter, signal);
  // It is awaited later; until then a failure must not count as unhandled.
  picture?.catch(() => {});

  const reply: ChatReply = {
    id: `chatcmpl-demo-${fingerprint(conversation)}`,
    created: Math.floor(context.now() / 1000),
    model,
    text,
    picture,
    mimeType: output.mimeType,
    usage: chatUsage({
      promptText: conversation.text,
      inputPictures: conversation.pictures.length,
      reply: text,
      pictureTokens: withPicture ? tokens : 0,
    }),
  };
  const breakInPicture = asked.has('broken');
  if (body.stream !== true) {
    const [answer] = await Promise.all([wholeAnswer(reply), context.sleep(latency, signal)]);
    const pieces = writeJson(answer, { breakInPicture });
    return new Response(answerBody({ pieces, work, brokenEnd: 'close' }), {
      headers: { 'content-type': 'application/json' },
    });
  }
  const { stream_options: options } = body as { stream_options?: { include_usage?: unknown } };
  const pieces = streamedAnswer({
    reply,
    includeUsage: options?.include_usage === true,
    breakInPicture,
    pause: () => context.sleep(latency / (deltaCount + 1), signal),
  });
  return new Response(answerBody({ pieces, work, brokenEnd: 'error' }), {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
  });
}

// Inputs are decoded from base64 before the answer begins, so that a bad one still gets its 400.
function choosePainter(
  { body, prompt, turn, bases }: DemoConversation,
  size: Size,
  output: Output,
): () => Promise<Buffer> {
  const seed = typeof body.seed === 'number' ? body.seed : '';
  const sketch = { prompt, variant: `chat/${turn}/${seed}`, size, detail: 2 };
  const [first, ...others] = bases.map((base) => ({ bytes: base.decode(), param: base.param }));
  if (first) {
    const sources = [first, ...others] as const;
    return () => paintOver({ sources, sketch, strength: 0.6, background: 'auto', output });
  }
  return () => {
    const drawing = drawPicture(sketch, false);
    return encodePicture(openDrawing(drawing), output, true);
  };
}

function fingerprint({ body, text, pictures }: DemoConversation): string {
  const signatures = pictures.map(({ picture }) => picture.signature);
  const told = JSON.stringify([body.model, text, body.imageConfig ?? null, signatures]);
  return createHash('sha256').update(told).digest('hex').slice(0, 24);
}

/** Size and output tokens of the picture that a chat request asks for. */
function pictureAsked(body: ChatRequest, model: Model): { size: Size; tokens: number } {
  const { table } = model.sizes;
  const usual = defaultPlace(model);
  const ratio = body.imageConfig?.aspectRatio ?? usual.ratio;
  const levels = Object.keys(table[ratio] ?? {});
  const usualLevel = levels.includes(usual.level) ? usual.level : (levels[0] ?? '');
  const level = body.imageConfig?.imageSize ?? usualLevel;
  const picture = pictureFor({ model, ratio, level });
  const size = picture?.size ?? { width: 1024, height: 1024 };
  return { size, tokens: picture?.tokens ?? Math.ceil((size.width * size.height) / 1024) };
}

/** The format that a chat request asks for; PNG if it does not say. */
function chatOutput({ imageConfig }: ChatRequest): Output & { mimeType: string } {
  const { mimeType, compressionQuality } = imageConfig?.imageOutputOptions ?? {};
  if (mimeType !== 'image/jpeg') return { format: 'png', mimeType: 'image/png' };
  return { format: 'jpeg', quality: compressionQuality ?? 95, mimeType };
}
