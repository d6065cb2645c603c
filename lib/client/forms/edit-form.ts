import { createImageFormStore } from './image-form-store';

/** The form of the Edit page, but for its pictures and the mask. */
export const editForm = createImageFormStore({ name: 'edit-form', endpoint: 'edits' });
