import type { IntakeLimits, Offer } from '../../core/references/intake';
import { convertedName } from '../../core/references/intake';
import { randomId } from '../browser/random-id';
import { loadPicture } from '../pictures/picture-files';
import { convertPicture } from '../pictures/picture-jobs';
import { takeIn } from '../references/take-in';
import { copyMasks } from '../storage/copy-masks';
import {
  addReference,
  dismissRefusal,
  editReferencesStore,
  type RefusedFile,
  replaceReference,
  toReference,
} from './edit-references';

// One after another, so that they stand in the order in which they were chosen, and each is counted
// before the next.
let queue: Promise<unknown> = Promise.resolve();

/** Takes files in as references, in their order; what is refused is listed with its reason. */
export function addFiles(files: readonly Blob[], limits: IntakeLimits): void {
  for (const file of files) enqueue({ file, limits, replaces: null });
}

/** Takes a file in to stand in a reference's place. */
export function replaceWithFile(id: string, file: Blob, limits: IntakeLimits): void {
  enqueue({ file, limits, replaces: id });
}

/** Takes a refused file in another format: its picture is written anew, at its full size. */
export async function takeConverted(
  { id, file, name, replaces }: RefusedFile,
  to: Offer,
  limits: IntakeLimits,
): Promise<void> {
  changeRefused(id, { converting: to });
  const converted = await convertPicture(file, to);
  if (!converted) {
    return changeRefused(id, { converting: null, refusal: { reason: 'undecodable' } });
  }
  dismissRefusal(id);
  enqueue({ file: converted, name: convertedName(name, to), limits, replaces });
}

/** Writes a picture of the list anew in another format; it keeps its place and its mask. */
export async function convertReference(id: string, to: Offer, limits: IntakeLimits): Promise<void> {
  const reference = editReferencesStore.getState().references.find((one) => one.id === id);
  if (!reference) return;
  const { name, maskId } = reference;
  const file = await loadPicture(reference.hash);
  const converted = file && (await convertPicture(file, to));
  if (converted) {
    const order = { file: converted, name: convertedName(name, to), limits, maskFrom: maskId };
    return enqueue({ ...order, replaces: id });
  }
  const refusal = { reason: 'undecodable' } as const;
  const refused = { id: randomId(), name, refusal, file: new Blob(), replaces: id };
  listRefused({ ...refused, converting: null });
}

interface Order {
  file: Blob;
  name?: string;
  limits: IntakeLimits;
  replaces: string | null;
  /** The mask that the new one's begins as a copy of. */
  maskFrom?: string;
}

function enqueue({ file, name = nameOf(file), limits, replaces, maskFrom }: Order): void {
  const id = randomId();
  editReferencesStore.setState(({ pending }) => ({ pending: [...pending, { id, name }] }));
  queue = queue.then(() => take({ id, file, name, limits, replaces, maskFrom }));
}

async function take({
  id,
  file,
  name,
  limits,
  replaces,
  maskFrom,
}: Order & { id: string; name: string }): Promise<void> {
  const taken = editReferencesStore.getState().references.length;
  // In another's place it needs no room of its own.
  const room = replaces === null ? limits.max - taken : 1;
  const result = await takeIn({ file, name, limits, room });
  if ('refusal' in result) {
    listRefused({ id, name, file, replaces, refusal: result.refusal, converting: null });
  } else {
    const reference = toReference(result.attachment);
    if (maskFrom !== undefined) {
      await copyMasks([{ from: maskFrom, to: reference.maskId }]).catch(() => {});
    }
    if (!result.isKept) noteUnkept(reference.hash);
    if (replaces === null) addReference(reference);
    else replaceReference(replaces, reference, { takesMask: maskFrom !== undefined });
  }
  editReferencesStore.setState(({ pending }) => ({
    pending: pending.filter((one) => one.id !== id),
  }));
}

function noteUnkept(hash: string): void {
  editReferencesStore.setState(({ unkept }) => ({ unkept: [...unkept, hash] }));
}

function listRefused(refused: RefusedFile): void {
  editReferencesStore.setState((state) => ({ refused: [...state.refused, refused] }));
}

function changeRefused(id: string, change: Partial<RefusedFile>): void {
  editReferencesStore.setState(({ refused }) => ({
    refused: refused.map((one) => (one.id === id ? { ...one, ...change } : one)),
  }));
}

const nameOf = (file: Blob) => (file instanceof File ? file.name : '');
