import { readImageHeader } from '../core/bytes/image-header';
import { decodeEdit } from '../core/endpoints/edits/request';
import { matchingSize } from '../core/endpoints/image-form';
import type { ImageRequest } from '../core/endpoints/image-request';
import { decodeGeneration, maxGenerationBytes } from '../core/endpoints/image-request';
import type { Model } from '../core/models/model';
import { parseSize, type Size } from '../core/sizes/sizes';
import { answerBody, Base64Text, type Writable, writeJson } from './answer-body';
import { admit, type Exchange } from './context';
import { choiceOf, countOf, detailOf, outputOf, sizeOf } from './image-options';
import { paintInside, paintOver } from './painting/compose';
import { drawPicture } from './painting/drawing';
import { encodePicture, openDrawing, type Source, sizeAsShown } from './painting/raster';
import { readForm, readWhole } from './request-body';
import { failAfterWork, slowness, type TroubleName } from './trouble';
import { imagesUsage } from './usage';

/** Answers `POST /images/generations`. */
export async function answerGeneration(exchange: Exchange): Promise<Response> {
  const { request, context } = exchange;
  const bytes = await readWhole(request, maxGenerationBytes);
  const body = decodeGeneration(bytes, context.models);
  const { prompt } = body;
  const { model, asked } = admit(context, body, prompt);
  const size = sizeOf(body, model);
  const transparent = body.background === 'transparent';
  const [output, detail] = [outputOf(body, model), detailOf(body, model)];
  const paint = (index: number) => {
    const drawing = drawPicture({ prompt, variant: `new/${index}`, size, detail }, transparent);
    return encodePicture(openDrawing(drawing), output, !transparent);
  };
  return answerImages(exchange, { body, model, size, inputPictures: 0, asked, paint });
}

/** Answers `POST /images/edits`. */
export async function answerEdit(exchange: Exchange): Promise<Response> {
  const { request, context, work } = exchange;
  const { texts, files } = await readForm(request, context.models);
  const parts = files.map(({ name, bytes }) => ({
    name,
    bytes: bytes.length,
    header: readImageHeader(bytes),
  }));
  const body = decodeEdit(texts, parts, context.models);
  const { prompt } = body;
  const { model, asked } = admit(context, body, prompt);

  const source = ({ bytes }: { bytes: Buffer }, param: string): Source => ({ bytes, param });
  const pictures = files.filter(({ name }) => name !== 'mask');
  const [first, ...others] = pictures.map((file) => source(file, 'image'));
  if (!first) throw new Error('The checks let an edit without a picture pass.');
  const maskFile = files.find(({ name }) => name === 'mask');
  const mask = maskFile && source(maskFile, 'mask');
  const inputSize = mask ? storedSize(first) : await sizeAsShown(first);
  const size = sizeOf(body, model, parseSize(matchingSize(model, inputSize) ?? ''));
  const { background } = body;
  const keepsLikeness = body.input_fidelity === 'high';
  const paint = (index: number) => {
    const composition = {
      sources: [first, ...others] as const,
      sketch: { prompt, variant: `edit/${index}`, size, detail: detailOf(body, model) },
      strength: keepsLikeness ? 0.35 : 0.6,
      background: background === 'transparent' || background === 'opaque' ? background : 'auto',
      output: outputOf(body, model),
    } as const;
    return mask
      ? paintInside({ ...composition, mask, keepsLikeness, signal: work.signal })
      : paintOver(composition);
  };
  return answerImages(exchange, { body, model, size, inputPictures: files.length, asked, paint });
}

/**
 * The answer of both image endpoints. The first picture is painted while the latency passes, so
 * that a failure still has its own status; each further one when the reader gets to it, so that
 * there is never more than one at a time.
 */
async function answerImages(
  { context, work }: Exchange,
  {
    body,
    model,
    size,
    inputPictures,
    asked,
    paint,
  }: {
    body: ImageRequest;
    model: Model;
    size: Size;
    inputPictures: number;
    asked: ReadonlySet<TroubleName>;
    /** Paints one of the request's pictures and encodes it. */
    paint: (index: number) => Promise<Buffer>;
  },
): Promise<Response> {
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

// A mask counts pixels as they are stored; the checks have compared the two.
function storedSize({ bytes }: Source): Size {
  const { width = 1024, height = 1024 } = readImageHeader(bytes) ?? {};
  return { width, height };
}
