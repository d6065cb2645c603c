import { isWide } from '../ui/viewport';

/** Scrolls to a run's card and focuses it, once it is rendered. */
export function showRun(id: string): void {
  withCard(id, (card) => {
    card.scrollIntoView({ block: 'start' });
    card.focus({ preventScroll: true });
  });
}

/** Focuses a run's card, once it is rendered. */
export function focusRun(id: string): void {
  withCard(id, (card) => card.focus({ preventScroll: true }));
}

function withCard(id: string, action: (card: HTMLElement) => void): void {
  requestAnimationFrame(() => {
    const card = document.querySelector<HTMLElement>(`[data-run="${CSS.escape(id)}"]`);
    if (card) action(card);
  });
}

/** On narrow screens, scrolls up to the form's prompt. */
export function showForm(prompt: HTMLElement | null): void {
  if (!isWide()) prompt?.scrollIntoView({ block: 'center' });
}
