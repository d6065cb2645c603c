import { decodeGeneration, maxGenerationBytes } from '../core/endpoints/generations/request';
import { readWhole } from './body-reader';
import type { DemoContext } from './context';
import { detailOf, outputOf, sizeOf } from './image-options';
import { answerImages } from './images';
import { drawPicture } from './painting/drawing';
import { encodePicture, openDrawing } from './painting/raster';
import { requireModel } from './require-model';
import { refuseAtOnce, troublesIn } from './trouble';

/** Answers `POST /images/generations`. */
export async function answerGeneration({
  request,
  context,
  work,
}: {
  request: Request;
  context: DemoContext;
  work: AbortController;
}): Promise<Response> {
  const bytes = await readWhole(request, maxGenerationBytes);
  const body = decodeGeneration(bytes, context.models);
  const model = requireModel(context.models, body.model);
  const size = sizeOf(body, model);
  const { prompt } = body;
  const asked = troublesIn(prompt);
  refuseAtOnce(asked, () => context.refusals.isFirst(`${prompt}\n${String(body.user ?? '')}`));

  const transparent = body.background === 'transparent';
  const [output, detail] = [outputOf(body, model), detailOf(body, model)];
  const paint = (index: number) => {
    const drawing = drawPicture({ prompt, variant: `new/${index}`, size, detail, transparent });
    return encodePicture({ image: openDrawing(drawing), output, opaque: !transparent });
  };
  return answerImages({ context, work, body, model, size, inputPictures: 0, asked, paint });
}
