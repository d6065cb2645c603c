import { formOfRun } from '../../core/runs/run-entry';
import { generateForm } from '../forms/image-forms';
import { wantPrompt } from '../forms/prompt-focus';
import { hydrated } from '../storage/draft-storage';
import type { SentRun } from './sent-run';

/**
 * Puts on a run's page what it was asked for: settings, prompt, and the very pictures and mask. What that
 * page held can be restored there. The page itself need not be open.
 */
export async function reuseRun(sent: SentRun): Promise<void> {
  // Lazy, to keep the code of pages out of the first load of others.
  if ('answer' in sent) {
    const { reuseTurn } = await import('../chat/reuse-turn');
    return reuseTurn(sent.answer, sent.path);
  }
  const { run } = sent;
  if (run.endpoint === 'edits') {
    const { reuseKeptEdit } = await import('../edit/edit-from-run');
    await reuseKeptEdit(run);
    return wantPrompt('edits');
  }
  // The draft would replace what is put there before it is read.
  await hydrated(generateForm.store);
  generateForm.replace(formOfRun(run));
  wantPrompt('generations');
}
