import 'server-only';
import { type Logger, pino } from 'pino';
import { processWide } from './process-wide';

/** The log of this process: one JSON object a line on standard output; never prompts or keys. */
export function log(): Logger {
  return processWide('log', () => pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }));
}
