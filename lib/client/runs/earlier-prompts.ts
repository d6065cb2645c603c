import { conversationHistory } from '../storage/conversations';
import { history } from '../storage/history';

const mostPrompts = 200;

/** The prompts of the runs that are kept, newest first, each once. */
export async function earlierPrompts(): Promise<readonly string[]> {
  const prompts = await history.prompts(mostPrompts).catch(() => []);
  return prompts.map(({ text }) => text);
}

/** The same with what was written in conversations. */
export async function allEarlierPrompts(): Promise<readonly string[]> {
  const found = await Promise.all([
    history.prompts(mostPrompts).catch(() => []),
    conversationHistory.writtenTexts(mostPrompts).catch(() => []),
  ]);
  const prompts = found.flat().sort((one, other) => other.at - one.at);
  return [...new Set(prompts.map(({ text }) => text))];
}
