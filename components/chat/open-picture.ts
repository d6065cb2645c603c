import { createContext } from 'react';

/** Shows a picture of the conversation large, by its `pictureKey`. Given by the transcript. */
export const OpenPicture = createContext<(key: string) => void>(() => {});
