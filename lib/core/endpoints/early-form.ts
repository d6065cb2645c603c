import { emptyImageForm, type ImageForm } from './image-form';

/**
 * The form of a draft, with what was entered into an empty form before the draft was read: field by field,
 * what was entered stands.
 */
export function withEarlyInput(draft: ImageForm, early: ImageForm): ImageForm {
  const model = early.model ?? draft.model;
  const sizes = { ...draft.sizes, ...early.sizes };
  // It was chosen at the model that the empty form shows, and is meant for the one that is shown now.
  if (early.lastSize !== null && model !== null && !Object.hasOwn(early.sizes, model)) {
    delete sizes[model];
  }
  return {
    model,
    prompt: early.prompt === '' ? draft.prompt : early.prompt,
    count: early.count === emptyImageForm.count ? draft.count : early.count,
    sizes,
    lastSize: early.lastSize ?? draft.lastSize,
    options: { ...draft.options, ...early.options },
    masked: early.masked,
  };
}
