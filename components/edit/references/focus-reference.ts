/** Gives a reference the focus once it is on the page. */
export function focusReference(id: string): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-reference="${CSS.escape(id)}"]`)?.focus();
  });
}
