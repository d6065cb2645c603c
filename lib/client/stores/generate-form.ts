import { createJSONStorage, persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import {
  chooseOption,
  emptyGenerationForm,
  type GenerationForm,
  type OptionValue,
  readGenerationForm,
  type SwitchedOption,
} from '../../core/endpoints/generation-form';
import type { Model, ModelOption } from '../../core/models/model';
import { draftStorage } from './draft-storage';

interface GenerateFormState {
  form: GenerationForm;
  /** What the last choice changed besides itself. */
  switched: SwitchedOption[];
  /** What the form held before it was replaced as a whole. */
  replaced: GenerationForm | null;
}

/** The form of the Generate page; its draft outlives a reload. */
export const generateFormStore = createStore<GenerateFormState>()(
  persist((): GenerateFormState => ({ form: emptyGenerationForm, switched: [], replaced: null }), {
    name: 'generate-form',
    version: 1,
    storage: createJSONStorage(() => draftStorage),
    partialize: ({ form }) => ({ form }),
    migrate: (kept) => kept,
    merge: (kept, fresh) => ({
      ...fresh,
      form: readGenerationForm((kept as { form?: unknown } | undefined)?.form),
    }),
  }),
);

/** Changes fields that stand for themselves. */
export function changeForm(
  change: Partial<Pick<GenerationForm, 'model' | 'prompt' | 'count'>>,
): void {
  generateFormStore.setState(({ form, switched }) => ({
    form: { ...form, ...change },
    switched: change.model === undefined ? switched : [],
  }));
}

/** Sets the size at a model; half a size that is being typed is kept as well. */
export function changeSize(model: Model, size: string): void {
  generateFormStore.setState(({ form }) => ({
    form: { ...form, sizes: { ...form.sizes, [model.id]: size }, lastSize: size },
  }));
}

/** Sets an option, and whatever it cannot stand beside. */
export function changeOption(model: Model, option: ModelOption, value: OptionValue): void {
  generateFormStore.setState(({ form }) => chooseOption({ form, model, option, value }));
}

/** Replaces the form as a whole; what it held can be brought back. */
export function replaceForm(form: GenerationForm): void {
  generateFormStore.setState((state) => {
    const isSame = JSON.stringify(state.form) === JSON.stringify(form);
    const isEmpty = state.form.prompt.trim() === '';
    return { form, switched: [], replaced: isSame || isEmpty ? state.replaced : state.form };
  });
}

/** Brings back what the form held before it was replaced. */
export function restoreForm(): void {
  generateFormStore.setState(({ form, replaced }) => ({
    form: replaced ?? form,
    replaced: null,
    switched: [],
  }));
}
