import 'server-only';
import { z } from 'zod';

const wholeNumber = z.int().min(0);
const text = z.string().nullable();

const recordSchema = z.object({
  version: z.literal(1),
  run: z.object({
    id: z.string(),
    endpoint: z.enum(['generations', 'edits', 'chat']),
    model: text,
    state: z.enum([
      'uploading',
      'waiting',
      'answering',
      'done',
      'failed',
      'cancelled',
      'interrupted',
    ]),
    // As a `Response` takes them, headers too, or this run could not be answered.
    status: z.int().min(200).max(599).nullable(),
    createdAt: wholeNumber,
    firstByteAt: wholeNumber.nullable(),
    endedAt: wholeNumber.nullable(),
    receivedBytes: wholeNumber,
    bytes: wholeNumber,
    error: z.object({ message: z.string(), type: z.string(), param: text, code: text }).nullable(),
  }),
  headers: z.record(z.string(), z.string()).refine(areHeaders),
  /** One that an earlier version wrote is dropped: a repeat cannot be compared with it. */
  fingerprint: z.string().startsWith('v2:').optional().catch(undefined),
  /** Of the answer, once the run has ended. */
  checksum: wholeNumber.optional(),
});

function areHeaders(headers: Record<string, string>): boolean {
  try {
    return new Headers(headers) !== undefined;
  } catch {
    return false;
  }
}

/** What `run.json` holds: the run as the wire has it, and what it takes to go on with it. */
export type RunRecord = z.infer<typeof recordSchema>;

/** Reads the text of a `run.json`. @returns undefined if it is damaged, or of another version */
export function readRunRecord(json: string): RunRecord | undefined {
  try {
    return recordSchema.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}
