import { createContext } from 'react';
import type { Model } from '@/lib/core/models/model';

/** The models of this server, given by the page to all that it shows. */
export const ChatModels = createContext<readonly Model[]>([]);
