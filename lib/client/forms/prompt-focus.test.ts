import { expect, it, vi } from 'vitest';
import { followWantedPrompt, wantPrompt } from './prompt-focus';

it('the page that is meant takes the focus once, open or not yet', () => {
  const [generate, edit] = [vi.fn(), vi.fn()];
  const leave = followWantedPrompt('generations', generate);
  wantPrompt('edits');
  expect(generate).not.toHaveBeenCalled();
  leave();
  followWantedPrompt('edits', edit)();
  expect(edit).toHaveBeenCalledOnce();
  // Another visit of the page is no answer to the same wish.
  const leaveAgain = followWantedPrompt('edits', edit);
  expect(edit).toHaveBeenCalledOnce();
  wantPrompt('edits');
  expect(edit).toHaveBeenCalledTimes(2);
  leaveAgain();
});
