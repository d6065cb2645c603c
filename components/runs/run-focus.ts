import { isWide } from '../ui/use-is-wide';

/** Brings a run's card into view, and the focus to it, once it is there. */
export function showRun(id: string): void {
  withCard(id, (card) => {
    card.scrollIntoView({ block: 'start' });
    card.focus({ preventScroll: true });
  });
}

/** Gives the focus to a run's card, once it is there, after what had the focus has gone. */
export function focusRun(id: string): void {
  withCard(id, (card) => card.focus({ preventScroll: true }));
}

function withCard(id: string, action: (card: HTMLElement) => void): void {
  requestAnimationFrame(() => {
    const card = document.querySelector<HTMLElement>(`[data-run="${CSS.escape(id)}"]`);
    if (card) action(card);
  });
}

/** On a narrow screen the form is far above what it was filled from. */
export function showForm(): void {
  if (isWide()) return;
  document.querySelector('[data-testid="prompt"]')?.scrollIntoView({ block: 'center' });
}
