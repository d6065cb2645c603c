import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import type { ImageEndpoint } from '../../core/endpoints/image-request';
import { findModel } from '../../core/models/lookup';
import type { Model } from '../../core/models/model';

interface FurtherModels {
  /** The ids of the models that a form is sent to beside its own, in the order in which they were ticked. */
  ids: readonly string[];
  /** Models without masks get the pictures without the mask. */
  leavesMaskOut: boolean;
  /** How many requests and pictures all of that is; 0 until it is worked out. */
  requests: number;
  pictures: number;
}

const none: FurtherModels = { ids: [], leavesMaskOut: false, requests: 0, pictures: 0 };

/** To which further models the form of each page is sent. */
export const furtherModels = {
  generations: createFurtherModels('generations'),
  edits: createFurtherModels('edits'),
} as const;

/** The models that a form is sent to beside its own: those that were ticked, if the catalogue still has them. */
export function furtherThan(
  own: Model,
  ids: readonly string[],
  models: readonly Model[],
): readonly Model[] {
  return ids.flatMap((id) => (id === own.id ? [] : (findModel(models, id) ?? [])));
}

/** Reads a part of what a page's form is sent to. */
export function useFurtherModels<T>(
  endpoint: ImageEndpoint,
  select: (state: FurtherModels) => T,
): T {
  return useStore(furtherModels[endpoint].store, select);
}

function createFurtherModels(endpoint: ImageEndpoint) {
  const key = `further-models-${endpoint}`;
  const store = createStore<FurtherModels>(() => none);
  return {
    store,
    /** Takes over what was ticked before; the server renders nothing of it. */
    load(): void {
      try {
        const { ids, leavesMaskOut } = JSON.parse(localStorage.getItem(key) ?? '{}');
        const isList = Array.isArray(ids) && ids.every((id) => typeof id === 'string');
        if (isList) store.setState({ ids, leavesMaskOut: leavesMaskOut === true });
      } catch {
        // Forbidden, or nothing that this page has written.
      }
    },
    change(change: Partial<Pick<FurtherModels, 'ids' | 'leavesMaskOut'>>): void {
      store.setState(change);
      try {
        const { ids, leavesMaskOut } = store.getState();
        localStorage.setItem(key, JSON.stringify({ ids, leavesMaskOut }));
      } catch {
        // Forbidden or full. The next visit starts with one model.
      }
    },
  };
}
