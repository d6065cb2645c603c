/** Brings a run's card into view, and the focus to it. */
export function showRun(id: string): void {
  requestAnimationFrame(() => {
    const card = document.querySelector<HTMLElement>(`[data-run="${CSS.escape(id)}"]`);
    card?.scrollIntoView({ block: 'start' });
    card?.focus({ preventScroll: true });
  });
}
