import 'server-only';
import { type Logger, pino } from 'pino';
import { singleton } from './singleton';

/** The log of this process: one JSON object a line on standard output; never prompts or keys. */
export function log(): Logger {
  return singleton('log', () => pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }));
}
