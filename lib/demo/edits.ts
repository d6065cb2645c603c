import { readImageHeader } from '../core/bytes/image-header';
import { decodeEdit, type FilePart } from '../core/endpoints/edits/request';
import type { ImageRequest } from '../core/endpoints/image-request';
import type { Model } from '../core/models/model';
import { checkSize, formatSize, nearestLegalSizes, type Size } from '../core/sizes/sizes';
import type { DemoContext } from './context';
import { detailOf, outputOf, sizeOf } from './image-options';
import { answerImages } from './images';
import { type FormFile, readForm } from './multipart';
import { paintInside, paintOver, type Source } from './painting/compose';
import { sizeAsShown } from './painting/raster';
import { requireModel } from './require-model';
import { refuseAtOnce, troublesIn } from './trouble';

/** Answers `POST /images/edits`. */
export async function answerEdit({
  request,
  context,
  work,
}: {
  request: Request;
  context: DemoContext;
  work: AbortController;
}): Promise<Response> {
  const { models } = context;
  const { texts, files } = await readForm(request, models);
  const body = decodeEdit(texts, files.map(describe), models);
  const model = requireModel(models, body.model);
  const { prompt } = body;
  const asked = troublesIn(prompt);
  refuseAtOnce(asked, () => context.refusals.isFirst(`${prompt}\n${String(body.user ?? '')}`));

  const sources = files.filter(({ name }) => name !== 'mask').map(toSource);
  const [first, ...others] = sources;
  if (!first) throw new Error('The checks let an edit without a picture pass.');
  const mask = files.filter(({ name }) => name === 'mask').map(toSource)[0];
  const inputSize = mask ? storedSize(first) : await sizeAsShown(first.bytes, first.param);
  const size = sizeOf(body, model, nearestSize(inputSize, model));

  const paint = (index: number) => {
    const composition = {
      sources: [first, ...others] as const,
      sketch: { prompt, variant: `edit/${index}`, size, detail: detailOf(body, model) },
      strength: body.input_fidelity === 'high' ? 0.35 : 0.6,
      background: backgroundOf(body),
      output: outputOf(body, model),
    };
    if (!mask) return paintOver(composition);
    const keepsLikeness = body.input_fidelity === 'high';
    return paintInside({ ...composition, mask, keepsLikeness, signal: work.signal });
  };
  return answerImages({
    context,
    work,
    body,
    model,
    size,
    inputPictures: files.length,
    asked,
    paint,
  });
}

function describe({ name, bytes }: FormFile): FilePart {
  return { name, bytes: bytes.length, header: readImageHeader(bytes) };
}

function toSource({ name, bytes }: FormFile): Source {
  return { bytes, param: name === 'mask' ? 'mask' : 'image' };
}

// A mask counts pixels as they are stored; the checks have compared the two.
function storedSize({ bytes }: Source): Size {
  const { width = 1024, height = 1024 } = readImageHeader(bytes) ?? {};
  return { width, height };
}

// What `auto` means for an edit: the input's own size, or the legal one nearest to its shape.
function nearestSize(size: Size, model: Model): Size | undefined {
  const rule = model.sizes;
  const isLegal = checkSize({ rule, value: formatSize(size), model: model.id }).length === 0;
  return isLegal ? size : nearestLegalSizes(rule, size).at(-1);
}

function backgroundOf({ background }: ImageRequest): 'auto' | 'opaque' | 'transparent' {
  return background === 'transparent' || background === 'opaque' ? background : 'auto';
}
