import { ApiError } from '../core/api-error';
import { readImageHeader } from '../core/bytes/image-header';
import { decodeEdit } from '../core/endpoints/edit-request';
import { matchingSize } from '../core/endpoints/image-form';
import {
  decodeGeneration,
  type ImageRequest,
  maxGenerationBytes,
} from '../core/endpoints/image-request';
import { readJsonBody } from '../core/endpoints/json-body';
import { findOption } from '../core/models/lookup';
import type { Model } from '../core/models/model';
import { formatSize, listedSizes, parseSize, type Size } from '../core/sizes/sizes';
import { answerBody, Base64Text, type Writable, writeJson } from './answer-body';
import { admitRequest, type Exchange } from './context';
import { paintInside, paintOver } from './painting/compose';
import { drawPicture } from './painting/drawing';
import {
  encodePicture,
  type Output,
  openDrawing,
  type Source,
  sizeAsShown,
} from './painting/pixels';
import { readForm, readWhole } from './request-body';
import { failAfterWork, slowness, type TroubleName } from './trouble';
import { imagesUsage } from './usage';

/** Answers `POST /images/generations`. */
export async function answerGeneration(exchange: Exchange): Promise<Response> {
  const { request, context } = exchange;
  const bytes = await readWhole(request, maxGenerationBytes);
  const body = decodeGeneration(readJsonBody(bytes), context.models);
  const { prompt } = body;
  const { model, asked } = admitRequest(context, body, prompt);
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
  const { model, asked } = admitRequest(context, body, prompt);

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

/** The most that the demo gateway draws, where the catalogue sets no limit. */
const maxPixels = 64_000_000;
const maxSide = 16_384;

/** The model's option as the request has it, or its default, for which `auto` stands too. */
export function choiceOf(body: ImageRequest, model: Model, name: string): string | undefined {
  const sent = body[name];
  const option = findOption(model, name);
  if (option?.kind !== 'choice') return undefined;
  const isListed = typeof sent === 'string' && option.values.includes(sent);
  return isListed ? sent : (option.default ?? undefined);
}

/** The format and JPEG quality that a request asks for. */
export function outputOf(body: ImageRequest, model: Model): Output {
  if (choiceOf(body, model, 'output_format') !== 'jpeg') return { format: 'png' };
  const { output_compression } = body;
  return {
    format: 'jpeg',
    quality: typeof output_compression === 'number' ? output_compression : 100,
  };
}

/** How much is drawn, 0 to 2, by the quality asked for. */
export function detailOf(body: ImageRequest, model: Model): number {
  const quality = choiceOf(body, model, 'quality');
  return quality === 'low' ? 0 : quality === 'medium' ? 1 : 2;
}

/**
 * The size to draw.
 * @param automatic what `auto` means here
 * @throws ApiError `invalid_value` beyond what a demo can draw
 */
export function sizeOf(body: ImageRequest, model: Model, automatic?: Size): Size {
  const rule = model.sizes;
  const named = typeof body.size === 'string' ? body.size : rule.default;
  const usual = parseSize(listedSizes(rule)[0] ?? '') ?? { width: 1024, height: 1024 };
  const size = parseSize(named) ?? automatic ?? usual;
  const tooLarge =
    size.width * size.height > maxPixels || Math.max(size.width, size.height) > maxSide;
  if (!tooLarge) return size;
  throw new ApiError({
    code: 'invalid_value',
    message: `The demo gateway draws at most ${maxPixels} pixels, and ${maxSide} per side, not ${formatSize(size)}.`,
    param: 'size',
  });
}

/** How many pictures a request gets. */
export function countOf(body: ImageRequest, model: Model, asked: ReadonlySet<TroubleName>): number {
  const wanted = typeof body.n === 'number' ? body.n : (model.count?.default ?? 1);
  const most = model.wire.countIsUpperBound ? batchCount(body, wanted) : wanted;
  return asked.has('fewer') ? Math.ceil(most / 2) : most;
}

// The gateway turns n into the vendor's batch mode (contract, "Seedream").
function batchCount(body: ImageRequest, wanted: number): number {
  const { sequential_image_generation: mode, sequential_image_generation_options: options } = body;
  if (mode === 'disabled') return 1;
  const most =
    typeof options === 'object' && options !== null && 'max_images' in options
      ? options.max_images
      : undefined;
  return mode === 'auto' && typeof most === 'number' ? most : wanted;
}
