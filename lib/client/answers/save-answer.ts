import { fetchAnswer } from '../api/api';
import { saveBlob } from '../pictures/downloads';

/**
 * Saves the bytes of an answer to the visitor's downloads, as the gateway sent them.
 * @param id the key of the run's current try
 * @throws if the server does not have them, or cannot be reached
 */
export async function saveAnswer(id: string): Promise<void> {
  const { signal } = new AbortController();
  const response = await fetchAnswer({ id, offset: 0, signal });
  if (!response.ok || !response.headers.has('run-id')) {
    throw new Error(`The answer was answered with ${response.status}.`);
  }
  const isEvents = response.headers.get('content-type')?.startsWith('text/event-stream');
  saveBlob(await response.blob(), `answer-${id}.${isEvents ? 'txt' : 'json'}`);
}
