import { emptyChatSettings } from '../chat/conversation';
import { turnFields } from '../chat/settings';
import { checkSettings } from '../chat/turn-plan';
import { maxChatBytes } from '../endpoints/chat/chat-request';
import { checkFiles } from '../endpoints/edit-request';
import {
  checkImageForm,
  emptyImageForm,
  formRequest,
  type ImageForm,
  shownOptions,
  shownSize,
  shownValue,
} from '../endpoints/image-form';
import { askedPictures, checkPrompt, type ImageEndpoint } from '../endpoints/image-request';
import { modelUnknown } from '../endpoints/options';
import { findModel } from '../models/lookup';
import type { EndpointName, Model } from '../models/model';
import { uprightSize } from '../pictures/stored-picture';
import type { EditSources } from '../runs/run-entry';
import { shapeOf } from '../sizes/size-shapes';
import { type ValidationProblem, validationProblem } from '../validation';
import type { CellRequest } from './cell';
import type { Definition, ModelRow, ShapeWish } from './experiment';
import { nearestShape, type OwnSize } from './nearest-shape';

/** What an experiment sends along with each prompt. */
type Attached = Pick<Definition, 'edit' | 'leavesMaskOut'>;

/** What a model with its options sends at a shape, for any prompt. */
export interface RowRequest {
  model: Model;
  /** Complete but for the prompt, which is empty, and asks for the fewest pictures. */
  sends: CellRequest;
  size: OwnSize;
  /** How many pictures one request may ask for. */
  perRequest: number;
  /** The mask is left out, as this model takes none. */
  isMaskLeftOut: boolean;
}

interface RowWish {
  row: ModelRow;
  wish: ShapeWish;
  attached: Attached;
  models: readonly Model[];
}

/**
 * The request of a model with its options at a shape, as the forms of the pages make it: at `edits` if
 * there are pictures, or in a chat; else at `generations`, or in a chat.
 * @returns or everything that keeps it from being sent, most basic first
 */
export function rowRequest(of: RowWish): RowRequest | { problems: ValidationProblem[] } {
  const { row, wish, attached, models } = of;
  const model = findModel(models, row.model);
  if (!model) return { problems: [modelUnknown(row.model, models)] };
  const endpoint = endpointOf(model, attached.edit !== null);
  if (!endpoint) return { problems: [noEndpoint(model, attached)] };
  const takesMask = endpoint === 'edits' && model.mask;
  const isMaskLeftOut = Boolean(attached.edit?.mask) && !takesMask;
  const mask = isMaskLeftOut ? null : (attached.edit?.mask ?? null);
  const edit = attached.edit && { ...attached.edit, mask };
  const problems = [
    ...(isMaskLeftOut && !attached.leavesMaskOut ? [maskUnsupported(model)] : []),
    ...(edit ? checkReferences(edit, model, endpoint) : []),
  ];
  const made =
    endpoint === 'chat'
      ? chatRequest({ row, wish, model })
      : imageRequest({ row, wish, model, endpoint, edit });
  problems.push(...made.problems);
  if (problems.length > 0) return { problems };
  const { count, wire } = model;
  return {
    model,
    sends: edit ? { ...made.sends, edit } : made.sends,
    size: made.size,
    perRequest: endpoint === 'chat' || wire.countIsUpperBound ? 1 : (count?.max ?? 1),
    isMaskLeftOut,
  };
}

/** What is wrong with a prompt at a model; at most one problem. */
export function promptProblems(prompt: string, { model }: RowRequest): ValidationProblem[] {
  // A character has one or two UTF-16 units: most prompts need not be counted.
  const isShort = prompt.length <= (model.prompt.maxCharacters ?? Number.POSITIVE_INFINITY);
  if (isShort && prompt !== '') return [];
  return checkPrompt(prompt, model);
}

/** The whole request of a cell. @param pictures how many of its repeats it asks for */
export function cellRequest(of: RowRequest, prompt: string, pictures: number): CellRequest {
  const { sends, model, perRequest } = of;
  const request = { ...sends.request, prompt };
  const form = { ...(sends.form ?? emptyImageForm), prompt };
  if (request.n !== undefined && model.count) {
    request.n = Math.max(model.count.min, Math.min(pictures, perRequest));
    form.count = String(request.n);
  }
  return { ...sends, request, form };
}

/** How many pictures a request may bring. */
export function picturesAsked({ endpoint, request }: CellRequest): number {
  return endpoint === 'chat' ? 1 : askedPictures(request).count;
}

/**
 * The definition with everything written down that its models would fill in, so that its cells stay the
 * same when the catalogue changes. Rows whose model is gone stay as they are.
 */
export function withDefaults(definition: Definition, models: readonly Model[]): Definition {
  const rows = definition.models.map((row): ModelRow => {
    const found = rowRequest({ row, wish: { kind: 'auto' }, attached: definition, models });
    if ('problems' in found) return row;
    const { endpoint, form = emptyImageForm } = found.sends;
    const options = shownOptions(form, found.model, endpoint)
      .map((option) => [option.name, shownValue(form, option)] as const)
      .filter(([, value]) => value !== '');
    return {
      ...row,
      options: { ...Object.fromEntries(options), ...row.options },
      size: row.size ?? found.size.size,
    };
  });
  return { ...definition, models: rows };
}

function endpointOf({ endpoints, references }: Model, hasPictures: boolean) {
  const wanted: EndpointName = hasPictures ? 'edits' : 'generations';
  if (endpoints.includes(wanted)) return wanted;
  const canChat = endpoints.includes('chat') && (!hasPictures || references !== null);
  return canChat ? ('chat' as const) : undefined;
}

function noEndpoint({ id }: Model, { edit }: Attached): ValidationProblem {
  const param = 'image';
  if (!edit) {
    return validationProblem({ code: 'missing_parameter', param, reason: 'missing_image' });
  }
  return validationProblem({ param, reason: 'references_unsupported', values: { model: id } });
}

function maskUnsupported({ id }: Model): ValidationProblem {
  return validationProblem({ param: 'mask', reason: 'mask_unsupported', values: { model: id } });
}

function checkReferences(
  { references }: EditSources,
  model: Model,
  endpoint: EndpointName,
): ValidationProblem[] {
  const files = references.map(({ byteLength, header }) => {
    return { name: 'image', bytes: byteLength, header };
  });
  const found = checkFiles(files, model);
  // In a chat's body four characters stand for three bytes.
  const bytes = files.reduce((sum, file) => sum + Math.ceil(file.bytes / 3) * 4, 0);
  if (endpoint !== 'chat' || bytes <= maxChatBytes) return found;
  const values = { megabytes: inMegabytes(bytes), max: inMegabytes(maxChatBytes) };
  const param = 'messages';
  return [...found, validationProblem({ param, reason: 'conversation_too_large', values })];
}

type Made = Pick<RowRequest, 'sends' | 'size'> & { problems: ValidationProblem[] };

function imageRequest({
  row,
  wish,
  model,
  endpoint,
  edit,
}: Pick<RowWish, 'row' | 'wish'> & {
  model: Model;
  endpoint: ImageEndpoint;
  edit: EditSources | null;
}): Made {
  const first = edit?.mask ? edit.references[0]?.header : undefined;
  const size = wish.kind === 'auto' ? row.size : nearestShape(model, wish).size;
  const form: ImageForm = {
    ...emptyImageForm,
    model: model.id,
    // The fewest that can be asked for.
    count: String(model.count?.min ?? 1),
    sizes: size === null ? {} : { [model.id]: size },
    lastSize: size,
    options: row.options,
    masked: (first && uprightSize(first)) ?? null,
  };
  const shown = shownSize(form, model);
  return {
    sends: { endpoint, request: formRequest({ form, model, endpoint }), form },
    size:
      wish.kind === 'auto'
        ? { size: shown, place: shapeOf(model, shown), differs: null }
        : nearestShape(model, wish),
    // Each prompt is checked by itself.
    problems: checkImageForm({ form: { ...form, prompt: 'x' }, models: [model], endpoint }),
  };
}

function chatRequest({ row, wish, model }: Pick<RowWish, 'row' | 'wish'> & { model: Model }): Made {
  const kept = row.size === null ? undefined : shapeOf(model, row.size);
  const near = nearestShape(model, wish);
  const place = wish.kind === 'auto' ? (kept ?? near.place) : near.place;
  const { ratio = null, level = null } = place ?? {};
  const settings = { ...emptyChatSettings, model: model.id, ratio, level, options: row.options };
  const turn = turnFields(settings, model);
  const size = model.sizes.table[ratio ?? '']?.[level ?? ''] ?? near.size;
  const form: ImageForm = {
    ...emptyImageForm,
    model: model.id,
    sizes: { [model.id]: size },
    lastSize: size,
    options: row.options,
  };
  return {
    sends: { endpoint: 'chat', request: { model: model.id, prompt: '' }, form, turn },
    size: wish.kind === 'auto' ? { size, place, differs: null } : near,
    problems: checkSettings(settings, model),
  };
}

function inMegabytes(bytes: number): number {
  return Math.ceil(bytes / (1024 * 1024));
}
