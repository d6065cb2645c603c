import { createImageFormStore } from './image-form';

/** The form of the Generate page. */
export const generateForm = createImageFormStore({
  name: 'generate-form',
  endpoint: 'generations',
});
