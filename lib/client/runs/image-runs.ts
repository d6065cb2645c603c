import { mediaTypeOf } from '../../core/bytes/image-header';
import { encodeEdit } from '../../core/endpoints/edit-request';
import {
  formRequest,
  type ImageForm,
  type ModelForm,
  withoutOption,
} from '../../core/endpoints/image-form';
import {
  checkImageRequest,
  encodeGeneration,
  type ImageRequest,
} from '../../core/endpoints/image-request';
import type { JsonObject } from '../../core/endpoints/options';
import type { Model } from '../../core/models/model';
import { randomId } from '../../core/random-id';
import {
  createEntry,
  type EditSources,
  picturesOf,
  type RunEntry,
  type RunEvent,
  reduceEntry,
  reopened,
} from '../../core/runs/run-entry';
import { kindOfRun } from '../../core/runs/run-estimate';
import { failureOfLostReference, type RunFailure } from '../../core/runs/run-failure';
import type { ValidationProblem } from '../../core/validation';
import { awaitAnswer, openAnswer } from '../answers/open-answer';
import type { EncodedRequest } from '../api/api';
import { tellTabs } from '../browser/tabs';
import { loadPicture } from '../pictures/picture-files';
import { history } from '../storage/history';
import { createRunEngine } from './run-engine';
import { changeRun, dropRun, findRun, putRuns, showOpened } from './runs-store';

/** The runs of the image endpoints in this tab, whichever page started them. */
export const imageRuns = createRunEngine<RunEntry, RunEvent>({
  find: findRun,
  put: (run) => putRuns([run]),
  change: changeRun,
  reduce: reduceEntry,
  reopened,
  load: history.loadRun,
  async save(run) {
    await history.saveRun(run);
    tellTabs({ type: 'kept', id: run.id });
  },
  durationKind: ({ endpoint, request }) => kindOfRun(endpoint, request),
  asks: ({ request, asked }) => ({ model: request.model, pictures: asked }),
  encode: encodeRun,
  awaitAnswer: ({ key }, spare) => awaitAnswer(key, spare),
  openAnswer: ({ key }, reading) => openAnswer('images', key, reading),
});

/**
 * Starts a run of a checked form. @returns its id, at once
 * @param edit what is edited; its files are kept already
 */
export function startImageRun({
  form,
  model,
  edit,
}: Omit<ModelForm, 'endpoint'> & { edit?: EditSources }): string {
  const request = formRequest({ form, model, endpoint: edit ? 'edits' : 'generations' });
  return startRequest({ request, form, edit });
}

/**
 * Starts a new run of what a run sent, with the very files: neither the form nor the order of the
 * catalogue decides. It replaces a run that failed without a picture.
 * @param without an option of the request that is left out this time
 * @returns the id of the new run, if it has replaced this one; why nothing was sent, if the catalogue
 * does not take the request any more
 */
export function repeatRun(
  run: RunEntry,
  models: readonly Model[],
  without?: string,
): { inPlace?: string; problem?: ValidationProblem } {
  const request = without === undefined ? run.request : withoutOption(run.request, without);
  const [problem] = checkImageRequest(request as JsonObject, run.endpoint, models);
  if (problem) return { problem };
  const { [without ?? '']: _left, ...options } = run.form.options;
  const form = { ...run.form, options };
  const id = startRequest({ request, form, edit: run.edit ?? undefined });
  if (run.state !== 'failed' || picturesOf(run).length > 0) return {};
  dropRun(run.id);
  void removeSavedRun(run.id);
  return { inPlace: id };
}

function startRequest(asked: {
  request: ImageRequest;
  form: ImageForm;
  edit?: EditSources;
}): string {
  const id = randomId();
  putRuns([createEntry({ id, ...asked, now: Date.now(), expectedMs: null })]);
  showOpened({ id, endpoint: asked.edit ? 'edits' : 'generations' });
  imageRuns.start(id);
  return id;
}

/** Removes a run from what is saved, and from the other tabs. */
export async function removeSavedRun(id: string): Promise<void> {
  await history.removeRun(id, Date.now()).catch(() => {});
  tellTabs({ type: 'removed', id });
}

/** The request of a run as the wire has it, the same each time; files are sent byte for byte as kept. */
export async function encodeRun({
  endpoint,
  request,
  edit,
}: RunEntry): Promise<EncodedRequest | { trouble: RunFailure }> {
  if (endpoint === 'generations' || !edit) {
    return { endpoint: 'generations', body: encodeGeneration(request) };
  }
  const images: { file: Blob; name: string }[] = [];
  for (const { hash, name, header } of edit.references) {
    const kept = await loadPicture(hash);
    if (!kept) return { trouble: failureOfLostReference(name) };
    const type = header ? mediaTypeOf(header.format) : kept.type;
    images.push({ file: kept.slice(0, kept.size, type), name });
  }
  const mask = edit.mask ? await loadPicture(edit.mask.hash) : undefined;
  if (edit.mask && !mask) return { trouble: failureOfLostReference('mask.png') };
  return { endpoint, body: encodeEdit(request, images, mask) };
}
