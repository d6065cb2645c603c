import type { IntakeLimits, Offer } from '../../core/references/intake';
import { convertedName } from '../../core/references/intake';
import { randomId } from '../browser/random-id';
import { convertPicture } from '../pictures/picture-jobs';
import { takeIn } from '../references/take-in';
import { chatIntakeStore, dismissAttachment, type RefusedAttachment } from './chat-intake-store';
import { changeDraft, findDraft } from './composer-store';

// One after another, so that they stand in the order in which they were chosen, and each is counted
// before the next.
let queue: Promise<unknown> = Promise.resolve();

interface Order {
  conversation: string;
  file: Blob;
  name?: string;
  limits: IntakeLimits;
}

/** Takes files into the message that is being written; what is refused is listed with its reason. */
export function attachFiles(
  conversation: string,
  files: readonly Blob[],
  limits: IntakeLimits,
): void {
  for (const file of files) enqueue({ conversation, file, limits });
}

/** Takes a refused file in another format: its picture is written anew, at its full size. */
export async function attachConverted(
  { id, file, name, conversation }: RefusedAttachment,
  to: Offer,
  limits: IntakeLimits,
): Promise<void> {
  changeRefused(id, { converting: to });
  const converted = await convertPicture(file, to);
  if (!converted) {
    return changeRefused(id, { converting: null, refusal: { reason: 'undecodable' } });
  }
  dismissAttachment(id);
  enqueue({ conversation, file: converted, name: convertedName(name, to), limits });
}

/** Takes a picture out of the message that is being written. */
export function detachPicture(conversation: string, id: string): void {
  changeDraft(conversation, ({ pictures }) => ({
    pictures: pictures.filter((picture) => picture.id !== id),
  }));
}

function enqueue({ name, file, ...order }: Order): void {
  const incoming = {
    id: randomId(),
    conversation: order.conversation,
    name: name ?? (file instanceof File ? file.name : ''),
  };
  chatIntakeStore.setState(({ pending }) => ({ pending: [...pending, incoming] }));
  queue = queue.then(() => take({ ...order, ...incoming, file }));
}

async function take({
  id,
  conversation,
  file,
  name,
  limits,
}: Required<Order> & { id: string }): Promise<void> {
  const room = limits.max - findDraft(conversation).pictures.length;
  const result = await takeIn({ file, name, limits, room });
  if ('refusal' in result) {
    const { refusal } = result;
    const refused = { id, conversation, name, file, refusal, converting: null };
    chatIntakeStore.setState((state) => ({ refused: [...state.refused, refused] }));
  } else {
    const { attachment } = result;
    changeDraft(conversation, ({ pictures }) => ({ pictures: [...pictures, attachment] }));
  }
  chatIntakeStore.setState(({ pending }) => ({
    pending: pending.filter((one) => one.id !== id),
  }));
}

function changeRefused(id: string, change: Partial<RefusedAttachment>): void {
  chatIntakeStore.setState(({ refused }) => ({
    refused: refused.map((one) => (one.id === id ? { ...one, ...change } : one)),
  }));
}
