import { useSyncExternalStore } from 'react';
import { createJSONStorage, persist } from 'zustand/middleware';
import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import {
  chooseOption,
  emptyImageForm,
  type ImageForm,
  type OptionValue,
  readImageForm,
  type SwitchedOption,
} from '../../core/endpoints/image-form';
import type { ImageEndpoint } from '../../core/endpoints/image-request';
import type { Model, ModelOption } from '../../core/models/model';
import { draftStorage } from '../storage/draft-storage';

interface ImageFormState {
  form: ImageForm;
  /** What the last choice changed besides itself. */
  switched: SwitchedOption[];
  /** What the form held before it was replaced as a whole. */
  replaced: ImageForm | null;
}

export type ImageFormStore = ReturnType<typeof createImageFormStore>;

/** The form of a page for one of the image endpoints; its draft outlives a reload. */
function createImageFormStore({
  name,
  endpoint,
}: {
  /** Under which the draft is kept. */
  name: string;
  endpoint: ImageEndpoint;
}) {
  const store = createStore<ImageFormState>()(
    persist((): ImageFormState => ({ form: emptyImageForm, switched: [], replaced: null }), {
      name,
      version: 1,
      storage: createJSONStorage(() => draftStorage),
      partialize: ({ form }) => ({ form }),
      migrate: (kept) => kept,
      merge: (kept, fresh) => ({
        ...fresh,
        form: readImageForm((kept as { form?: unknown } | undefined)?.form),
      }),
    }),
  );
  return {
    endpoint,
    store,
    /** Changes fields that stand for themselves. */
    change(change: Partial<Pick<ImageForm, 'model' | 'prompt' | 'count'>>): void {
      store.setState(({ form, switched }) => ({
        form: { ...form, ...change },
        switched: change.model === undefined ? switched : [],
      }));
    },
    /** Sets the size at a model; half a size that is being typed is kept as well. */
    changeSize(model: Model, size: string): void {
      store.setState(({ form }) => ({
        form: { ...form, sizes: { ...form.sizes, [model.id]: size }, lastSize: size },
      }));
    },
    /** Sets an option, and whatever it cannot stand beside. */
    changeOption(model: Model, option: ModelOption, value: OptionValue): void {
      store.setState(({ form }) => chooseOption({ form, model, endpoint, option, value }));
    },
    /**
     * Replaces the form as a whole; what it held can be brought back.
     * @param isAlwaysKept even if it held nothing, because something beside it is replaced too
     */
    replace(form: ImageForm, { isAlwaysKept = false } = {}): void {
      store.setState((state) => {
        const isSame = JSON.stringify(state.form) === JSON.stringify(form);
        const isEmpty = state.form.prompt.trim() === '';
        const isWorthless = !isAlwaysKept && (isSame || isEmpty);
        return { form, switched: [], replaced: isWorthless ? state.replaced : state.form };
      });
    },
    /** Brings back what the form held before it was replaced. */
    restore(): void {
      store.setState(({ form, replaced }) => ({
        form: replaced ?? form,
        replaced: null,
        switched: [],
      }));
    },
  };
}

type State = ReturnType<ImageFormStore['store']['getState']>;

/** Reads one field of a form's store. */
export function useImageForm<T>({ store }: ImageFormStore, select: (state: State) => T): T {
  return useStore(store, select);
}

/** Whether the draft of an earlier visit has been looked up; before that, nothing may be typed. */
export function useIsDraftReady({ store: { persist } }: ImageFormStore): boolean {
  return useSyncExternalStore(persist.onFinishHydration, persist.hasHydrated, () => false);
}

/** The form of the Generate page. */
export const generateForm = createImageFormStore({
  name: 'generate-form',
  endpoint: 'generations',
});

/** The form of the Edit page, but for its pictures and the mask. */
export const editForm = createImageFormStore({ name: 'edit-form', endpoint: 'edits' });
