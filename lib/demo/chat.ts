import { createHash } from 'node:crypto';
import type { Size } from '../core/sizes/sizes';
import { answerBody } from './answer-body';
import { type ChatReply, deltaCount, streamedAnswer, wholeAnswer } from './chat-answer';
import { chatOutput, pictureAsked } from './chat-options';
import type { DemoContext } from './context';
import { type Conversation, checkSignatures, readConversation } from './conversation';
import { writeJson } from './json-writer';
import { paintOver } from './painting/compose';
import { drawPicture } from './painting/drawing';
import { encodePicture, type Output, openDrawing } from './painting/raster';
import { replyText } from './reply';
import { requireModel } from './require-model';
import { failAfterWork, failsAfterWork, refuseAtOnce, slowness, troublesIn } from './trouble';
import { chatUsage } from './usage';

/** Answers `POST /chat/completions`. */
export async function answerChat({
  request,
  context,
  work,
}: {
  request: Request;
  context: DemoContext;
  work: AbortController;
}): Promise<Response> {
  const conversation = await readConversation(request, context.models);
  const { body, prompt, userText } = conversation;
  const model = requireModel(context.models, body.model);
  const asked = troublesIn(prompt);
  refuseAtOnce(asked, () => context.refusals.isFirst(`${prompt}\n${String(body.user ?? '')}`));
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
  { body, prompt, turn, bases }: Conversation,
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
    const drawing = drawPicture({ ...sketch, transparent: false });
    return encodePicture({ image: openDrawing(drawing), output, opaque: true });
  };
}

function fingerprint({ body, text, pictures }: Conversation): string {
  const signatures = pictures.map(({ picture }) => picture.signature);
  const told = JSON.stringify([body.model, text, body.imageConfig ?? null, signatures]);
  return createHash('sha256').update(told).digest('hex').slice(0, 24);
}
