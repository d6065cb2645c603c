import { GET as showAnswer } from './app/api/runs/[id]/answer/route';
import { POST as chat } from './app/api/v1/chat/completions/route';
import { POST as edit } from './app/api/v1/images/edits/route';
import { POST as generate } from './app/api/v1/images/generations/route';
import { startServer as start } from './lib/server/start-server';

// The routes whose bodies are large, or which are asked most.
const direct = {
  'POST /api/v1/images/generations': generate,
  'POST /api/v1/images/edits': edit,
  'POST /api/v1/chat/completions': chat,
  'GET /api/runs/[id]/answer': showAnswer,
};

export const startServer = ({ isDev }: { isDev: boolean }): Promise<void> =>
  start({ isDev, direct });
