import type { IntakeLimits } from '../../core/references/intake';
import { randomId } from '../random-id';
import {
  addReference,
  editReferencesStore,
  replaceReference,
  toReference,
} from '../stores/edit-references';
import { takeIn } from './take-in';

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

interface Order {
  file: Blob;
  name?: string;
  limits: IntakeLimits;
  replaces: string | null;
}

function enqueue({ file, name = file instanceof File ? file.name : '', limits, replaces }: Order) {
  const id = randomId();
  editReferencesStore.setState(({ pending }) => ({ pending: [...pending, { id, name }] }));
  queue = queue.then(() => take({ id, file, name, limits, replaces }));
}

async function take({ id, file, name, limits, replaces }: Required<Order> & { id: string }) {
  const taken = editReferencesStore.getState().references.length;
  // In another's place it needs no room of its own.
  const room = replaces === null ? limits.max - taken : 1;
  const result = await takeIn({ file, name, limits, room }).catch(() => ({
    refusal: { reason: 'unread' as const },
  }));
  if ('refusal' in result) {
    const refused = { id, name, file, replaces, refusal: result.refusal, converting: null };
    editReferencesStore.setState((state) => ({ refused: [...state.refused, refused] }));
  } else {
    const reference = toReference(result.attachment);
    if (replaces === null) addReference(reference);
    else replaceReference(replaces, reference);
  }
  editReferencesStore.setState(({ pending }) => ({
    pending: pending.filter((one) => one.id !== id),
  }));
}
