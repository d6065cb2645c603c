import { createImageFormStore } from './image-form-store';

/** The form of the Generate page. */
export const generateForm = createImageFormStore({
  name: 'generate-form',
  endpoint: 'generations',
});
