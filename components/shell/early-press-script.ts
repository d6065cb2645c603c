/**
 * A script within the page: it notes which buttons are pressed before those that are loaded can answer,
 * and marks them, so that a press is seen to be taken. Links and forms work without it.
 * `useEarlyPresses` takes them over.
 */
export const earlyPressScript = `{
  const presses = [];
  const note = (event) => {
    const button = event.target.closest?.('button[type=button]:enabled');
    if (!button) return;
    button.dataset.pressed = '';
    presses.push({ button, event });
  };
  addEventListener('click', note, true);
  window.takeEarlyPresses = () => {
    removeEventListener('click', note, true);
    return presses.splice(0);
  };
}`;
