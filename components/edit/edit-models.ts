'use client';
import { createContext } from 'react';
import type { Model } from '@/lib/core/models/model';

/** The models of this page, for what stands far below its studio. */
export const EditModelsContext = createContext<readonly Model[]>([]);
