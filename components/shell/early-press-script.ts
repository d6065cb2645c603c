/**
 * A script within the page: it notes which buttons are pressed before those that are loaded can answer,
 * and marks them, so that a press is seen to be taken. A form is not sent, which would leave the page for
 * what the server says to scripts. Links work without it. `useEarlyPresses` takes the presses over.
 */
export const earlyPressScript = `{
  const presses = [];
  const note = (event) => {
    if (event.type === 'submit') event.preventDefault();
    const button = event.submitter ?? event.target.closest?.('button[type=button]:enabled');
    if (!button) return;
    button.dataset.pressed = '';
    presses.push({ button, event });
  };
  const types = ['click', 'submit'];
  for (const type of types) addEventListener(type, note, true);
  window.takeEarlyPresses = () => {
    for (const type of types) removeEventListener(type, note, true);
    return presses.splice(0);
  };
}`;
