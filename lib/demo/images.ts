import type { ImageRequest } from '../core/endpoints/image-request';
import type { Model } from '../core/models/model';
import type { Size } from '../core/sizes/sizes';
import { answerBody } from './answer-body';
import type { DemoContext } from './context';
import { choiceOf, countOf } from './image-options';
import { Base64Text, type Writable, writeJson } from './json-writer';
import { failAfterWork, slowness, type TroubleName } from './trouble';
import { imagesUsage } from './usage';

/** Paints one of a request's pictures and encodes it. */
export type Paint = (index: number) => Promise<Buffer>;

/**
 * The answer of both image endpoints. The first picture is painted while the latency passes, so
 * that a failure still has its own status; each further one when the reader gets to it, so that
 * there is never more than one at a time.
 */
export async function answerImages({
  context,
  work,
  body,
  model,
  size,
  inputPictures,
  asked,
  paint,
}: {
  context: DemoContext;
  work: AbortController;
  body: ImageRequest;
  model: Model;
  size: Size;
  inputPictures: number;
  asked: ReadonlySet<TroubleName>;
  paint: Paint;
}): Promise<Response> {
  const { signal } = work;
  const limited = (index: number) => context.limiter(() => paint(index), signal);
  const pause = context.latencyMs * (asked.has('slow') ? slowness : 1);
  const [first] = await Promise.all([limited(0), context.sleep(pause, signal)]);
  failAfterWork(asked);

  const count = countOf(body, model, asked);
  const quality = choiceOf(body, model, 'quality');
  const held = [first];
  const answer: Writable = {
    created: Math.floor(context.now() / 1000),
    data: Array.from({ length: count }, (_, index) => ({
      b64_json: new Base64Text(async () => held.pop() ?? limited(index)),
    })),
    usage: imagesUsage({ model, prompt: body.prompt, inputPictures, size, quality, count }),
  };
  const pieces = writeJson(answer, { breakInPicture: asked.has('broken') });
  return new Response(answerBody({ pieces, work, brokenEnd: 'close' }), {
    headers: { 'content-type': 'application/json' },
  });
}
