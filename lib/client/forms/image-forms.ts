import { useSyncExternalStore } from 'react';
import { createJSONStorage, persist } from 'zustand/middleware';
import { useStore } from 'zustand/react';
import { createStore } from 'zustand/vanilla';
import { withEarlyInput } from '../../core/endpoints/early-form';
import {
  chooseOption,
  emptyImageForm,
  type ImageForm,
  type OptionValue,
  readImageForm,
  type SwitchedOption,
} from '../../core/endpoints/image-form';
import type { ImageEndpoint } from '../../core/endpoints/image-request';
import { type ModelChange, modelChanges } from '../../core/endpoints/switch-model';
import type { Model, ModelOption } from '../../core/models/model';
import type { Size } from '../../core/sizes/sizes';
import { keepEarlyInput, readFirstStorage } from '../storage/draft-storage';

interface ImageFormState {
  form: ImageForm;
  /** The options that the last choice has changed besides its own. */
  switched: SwitchedOption[];
  /** What the last choice of a model has changed; until another choice. */
  modelChanges: ModelChange[];
  /** The form before `replace`. */
  replaced: ImageForm | null;
}

const nothingSaid = { switched: [], modelChanges: [] };

export type ImageFormStore = ReturnType<typeof createImageFormStore>;

/** The form of a page for one of the image endpoints; its draft survives a reload. */
function createImageFormStore({
  name,
  endpoint,
}: {
  /** The draft's key in the storage. */
  name: string;
  endpoint: ImageEndpoint;
}) {
  const store = createStore<ImageFormState>()(
    persist((): ImageFormState => ({ form: emptyImageForm, ...nothingSaid, replaced: null }), {
      name,
      version: 1,
      storage: createJSONStorage(() => readFirstStorage),
      partialize: ({ form }) => ({ form }),
      migrate: (kept) => kept,
      merge: (kept, fresh) => {
        // The same form, so that nothing is rendered once more for it.
        if (kept === undefined) return fresh;
        const draft = readImageForm((kept as { form?: unknown }).form);
        const form = withEarlyInput(draft, fresh.form);
        // A prompt typed meanwhile is not the kept one's end: it stands, and the kept one can be restored.
        const isOther = draft.prompt.trim() !== '' && draft.prompt !== form.prompt;
        return { ...fresh, form, replaced: isOther ? draft : fresh.replaced };
      },
    }),
  );
  keepEarlyInput(name, store);
  return {
    endpoint,
    store,
    /** Changes fields that affect no others. */
    change(change: Partial<Pick<ImageForm, 'prompt' | 'count'>>): void {
      store.setState(({ form }) => ({ form: { ...form, ...change } }));
    },
    /** Takes a prompt that was typed before the page came to life; what the draft has instead can be restored. */
    takeEarlyPrompt(prompt: string): void {
      store.setState(({ form, replaced }) => {
        const isOther = form.prompt.trim() !== '' && form.prompt !== prompt;
        return { form: { ...form, prompt }, replaced: isOther ? form : replaced };
      });
    },
    /** Goes from one model to another, and notes what that changes. */
    changeModel(from: Model, to: Model): void {
      store.setState(({ form }) => ({
        form: { ...form, model: to.id },
        switched: [],
        modelChanges: modelChanges({ form, from, to, endpoint }),
      }));
    },
    /** Sets the size for a model, which may be half typed. */
    changeSize(model: Model, size: string): void {
      store.setState(({ form }) => {
        // Chosen before the draft was read, it is meant for the model of the draft.
        const { [form.model ?? model.id]: _before, ...others } = form.sizes;
        return {
          form: { ...form, sizes: { ...others, [model.id]: size }, lastSize: size },
          modelChanges: [],
        };
      });
    },
    /** Sets the size of the picture that a mask is painted on; null: there is none. */
    setMasked(masked: Size | null): void {
      if (store.getState().form.masked === masked) return;
      store.setState(({ form }) => ({ form: { ...form, masked } }));
    },
    /** Sets an option, and changes those that conflict with it. */
    changeOption(model: Model, option: ModelOption, value: OptionValue): void {
      store.setState(({ form }) => ({
        ...chooseOption({ form, model, endpoint, option, value }),
        modelChanges: [],
      }));
    },
    /**
     * Replaces the whole form; `restore` undoes it.
     * @param isAlwaysKept even an empty form can be restored, because other things were replaced with it
     */
    replace(form: ImageForm, { isAlwaysKept = false } = {}): void {
      store.setState((state) => {
        const isSame = JSON.stringify(state.form) === JSON.stringify(form);
        const isEmpty = state.form.prompt.trim() === '';
        const isWorthless = !isAlwaysKept && (isSame || isEmpty);
        const { masked } = state.form;
        const replaced = isWorthless ? state.replaced : state.form;
        return { form: { ...form, masked }, ...nothingSaid, replaced };
      });
    },
    /** Restores the form from before `replace`. */
    restore(): void {
      store.setState(({ form, replaced }) => ({
        form: { ...(replaced ?? form), masked: form.masked },
        replaced: null,
        ...nothingSaid,
      }));
    },
  };
}

type State = ReturnType<ImageFormStore['store']['getState']>;

/** Reads one field of a form's store. */
export function useImageForm<T>({ store }: ImageFormStore, select: (state: State) => T): T {
  return useStore(store, select);
}

/** Whether the saved draft is loaded. Before that, nothing can be sent, as it may lack what was kept. */
export function useIsDraftReady({ store: { persist } }: ImageFormStore): boolean {
  return useSyncExternalStore(persist.onFinishHydration, persist.hasHydrated, () => false);
}

/** The form of the Generate page. */
export const generateForm = createImageFormStore({
  name: 'generate-form',
  endpoint: 'generations',
});

/** The form of the Edit page, without its pictures and the mask. */
export const editForm = createImageFormStore({ name: 'edit-form', endpoint: 'edits' });
