import { conversationHistory } from '../storage/conversations';
import { experimentHistory } from '../storage/experiments';
import { type EarlierPrompt, history } from '../storage/history';

/** More than people come to; it bounds how long the reading takes. */
const mostPrompts = 2000;

/** The prompts of the runs and sets that are kept, newest first, each once. */
export function earlierPrompts(): Promise<readonly string[]> {
  return newestFirst([history.prompts(mostPrompts), promptsOfSets()]);
}

/** The same with what was written in conversations. */
export function allEarlierPrompts(): Promise<readonly string[]> {
  const written = conversationHistory.writtenTexts(mostPrompts);
  return newestFirst([history.prompts(mostPrompts), promptsOfSets(), written]);
}

/** What was sent to several models at once: its runs are cells of an experiment. */
async function promptsOfSets(): Promise<EarlierPrompt[]> {
  const experiments = await experimentHistory.all();
  return experiments
    .filter(({ madeOn }) => madeOn !== null)
    .map(({ definition, createdAt }) => ({ text: definition.template, at: createdAt }));
}

/** What cannot be read is not offered. */
async function newestFirst(
  sources: readonly Promise<readonly EarlierPrompt[]>[],
): Promise<readonly string[]> {
  const found = await Promise.all(sources.map((source) => source.catch(() => [])));
  const prompts = found.flat().sort((one, other) => other.at - one.at);
  return [...new Set(prompts.map(({ text }) => text))];
}
