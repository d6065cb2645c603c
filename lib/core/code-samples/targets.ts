import type { EndpointName } from '../models/model';

/** Whom a sample asks: this app, which passes it on, or the gateway itself. */
export type SampleTarget = 'app' | 'gateway';

/** The environment variables that a sample reads the address (up to `/v1`) and the key from. */
export const targetVariables: Record<SampleTarget, { address: string; key: string }> = {
  app: { address: 'PLAYGROUND_BASE_URL', key: 'PLAYGROUND_API_KEY' },
  gateway: { address: 'TURING_BASE_URL', key: 'TURING_API_KEY' },
};

export const endpointPaths: Record<EndpointName, string> = {
  generations: '/images/generations',
  edits: '/images/edits',
  chat: '/chat/completions',
};

/** How long an answer may take; pictures of 4K take minutes. */
export const timeoutSeconds = 900;
