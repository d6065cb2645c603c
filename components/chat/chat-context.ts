import { createContext } from 'react';
import type { Model } from '@/lib/core/models/model';

/** The models of this server, given by the page to all that it shows. */
export const ChatModels = createContext<readonly Model[]>([]);

/** Shows a picture of the conversation large, by its `pictureKey`. Given by the transcript. */
export const OpenPicture = createContext<(key: string) => void>(() => {});
