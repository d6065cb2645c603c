import { createContext } from 'react';

/** The hosts whose http(s) pictures this page may show. */
export const PictureHosts = createContext<readonly string[]>([]);
