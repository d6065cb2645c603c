import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { randomId } from '../../core/random-id';
import type { IntakeLimits, Offer, Refusal } from '../../core/references/intake';
import type { Attachment } from '../../core/references/reference';
import { isNotLoaded } from '../browser/outdated';

// Pages load it when they are idle; nobody waits for it before there is a file.
const reading = () => import('./take-in');

/** A file that is being read. */
export interface IncomingFile<Place> {
  id: string;
  /** Empty where it has none, as a pasted picture. */
  name: string;
  place: Place;
}

/** A refused file, held in memory because it may still be converted. */
export interface RefusedFile<Place> extends IncomingFile<Place> {
  file: Blob;
  refusal: Refusal;
  /** The conversion that is in progress. */
  converting: Offer | null;
}

interface IntakeState<Place> {
  /** In the order in which they were chosen. */
  pending: readonly IncomingFile<Place>[];
  refused: readonly RefusedFile<Place>[];
}

interface Order<Place> {
  file: Blob;
  name: string;
  limits: IntakeLimits;
  place: Place;
}

export type IntakeQueue<Place> = ReturnType<typeof createIntakeQueue<Place>>;

/**
 * Takes strangers' files into lists of pictures. Files are read one after the other, so that they
 * keep the order in which they were chosen and each is counted before the next.
 */
export function createIntakeQueue<Place>({
  room,
  add,
}: {
  /** How many more pictures the list takes at a place. */
  room: (place: Place, limits: IntakeLimits) => number;
  /** @param isKept false if the browser could not store the picture */
  add: (place: Place, picture: Attachment, isKept: boolean) => void | Promise<void>;
}) {
  const store = createStore<IntakeState<Place>>(() => ({ pending: [], refused: [] }));
  let last: Promise<unknown> = Promise.resolve();

  const enqueue = ({ file, name, limits, place }: Order<Place>) => {
    // Browsers note the size and time of a file once they are asked for: what is changed on the disk
    // after this is refused, and not read as if it had been chosen so.
    void file.size;
    const incoming = { id: randomId(), name, place };
    store.setState(({ pending }) => ({ pending: [...pending, incoming] }));
    last = last.then(() => take(file, incoming, limits));
  };

  const take = async (file: Blob, incoming: IncomingFile<Place>, limits: IntakeLimits) => {
    const { id, name, place } = incoming;
    const order = { file, name, limits, room: room(place, limits) };
    const result = await reading()
      .then(({ takeIn }) => takeIn(order))
      .catch((error) => ({
        refusal: { reason: isNotLoaded(error) ? ('notLoaded' as const) : ('unread' as const) },
      }));
    if ('refusal' in result) refuse({ ...incoming, file, ...result });
    else await add(place, result.attachment, result.isKept);
    store.setState(({ pending }) => ({ pending: pending.filter((one) => one.id !== id) }));
  };

  const refuse = (refused: Omit<RefusedFile<Place>, 'converting'>) =>
    store.setState((state) => ({
      refused: [...state.refused, { ...refused, converting: null }],
    }));

  const change = (id: string, change: Partial<RefusedFile<Place>>) =>
    store.setState(({ refused }) => ({
      refused: refused.map((one) => (one.id === id ? { ...one, ...change } : one)),
    }));

  /** Takes a refusal off the list and drops its file. */
  const dismiss = (id: string) =>
    store.setState(({ refused }) => ({ refused: refused.filter((one) => one.id !== id) }));

  return {
    store,
    enqueue,
    refuse,
    dismiss,
    /**
     * Waits until every chosen file has been read.
     * @returns whether all of them could be taken
     */
    async settled(): Promise<boolean> {
      const known = new Set(store.getState().refused.map(({ id }) => id));
      while (store.getState().pending.length > 0) await last;
      return store.getState().refused.every(({ id }) => known.has(id));
    },
    /** Drops all refused files that are not being converted. */
    dismissAll(): void {
      store.setState(({ refused }) => ({
        refused: refused.filter(({ converting }) => converting !== null),
      }));
    },
    enqueueAll(files: readonly File[], limits: IntakeLimits, place: Place): void {
      for (const file of files) enqueue({ file, name: file.name, limits, place });
    },
    /** Takes a refused file in another format, at its full size. */
    async convert(
      { id, file, name, place }: RefusedFile<Place>,
      to: Offer,
      limits: IntakeLimits,
    ): Promise<void> {
      change(id, { converting: to });
      const { convertFile } = await reading();
      const converted = await convertFile({ file, name }, to);
      if (!converted) {
        return change(id, { converting: null, refusal: { reason: 'undecodable' } });
      }
      dismiss(id);
      enqueue({ ...converted, limits, place });
    },
  };
}

/** Reads one field of the store of an intake. */
export function useIntake<Place, T>(
  { store }: IntakeQueue<Place>,
  select: (state: IntakeState<Place>) => T,
): T {
  return useStore(store, select);
}
