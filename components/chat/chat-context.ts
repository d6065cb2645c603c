import { createContext } from 'react';
import type { Model } from '@/lib/core/models/model';

/** The models that this server offers. */
export const ChatModels = createContext<readonly Model[]>([]);

/** Opens the full view at a picture, by its `pictureKey`. Provided by the transcript. */
export const OpenPicture = createContext<(key: string) => void>(() => {});
