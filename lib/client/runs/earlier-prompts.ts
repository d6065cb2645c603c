import { history } from '../storage/history';

const mostPrompts = 200;

/** The prompts of what is kept, newest first, each once. */
export function earlierPrompts(): Promise<readonly string[]> {
  return history.prompts(mostPrompts).catch(() => []);
}
