/** Gives a reference the focus once it is on the page. */
export function focusReference(id: string): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-reference="${CSS.escape(id)}"]`)?.focus();
  });
}

/** Gives the list the focus, where what had it below has gone. */
export function focusReferences(): void {
  document.querySelector<HTMLElement>('[data-references] [tabindex="0"]')?.focus();
}
