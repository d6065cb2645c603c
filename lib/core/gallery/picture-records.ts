import { writeCsv } from '../csv';

/** What a downloaded picture was made by: one line of the list that goes with the files. */
export interface PictureRecord {
  /** The name of its file in the download. */
  file: string;
  prompt: string;
  origin: string;
  model: string | null;
  /** When it was asked for, as ISO 8601 in UTC. */
  at: string;
  width: number | null;
  height: number | null;
  bytes: number;
  /** Of the file, in hex. */
  sha256: string;
  isStarred: boolean;
  tags: readonly string[];
  /** The names of its collections. */
  collections: readonly string[];
  /** The request as it was sent, without the prompt; null where there is none. */
  settings: Record<string, unknown> | null;
}

const columns = [
  'file',
  'prompt',
  'origin',
  'model',
  'at',
  'width',
  'height',
  'bytes',
  'sha256',
  'isStarred',
  'tags',
  'collections',
  'settings',
] as const satisfies readonly (keyof PictureRecord)[];

/** The records as CSV. */
export function recordsAsCsv(records: readonly PictureRecord[]): string {
  return writeCsv(columns, records);
}

export function recordsAsJson(records: readonly PictureRecord[]): string {
  return `${JSON.stringify(records, null, 2)}\n`;
}
