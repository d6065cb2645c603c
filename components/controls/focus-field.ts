/** Brings the focus to the field of a parameter, opening what hides it. */
export function focusField(form: HTMLElement | null, param: string | null): void {
  const field = form?.querySelector(`[data-param="${CSS.escape(param ?? '')}"]`);
  if (!field) return;
  const hiding = field.closest('details');
  if (hiding) hiding.open = true;
  const controls = 'textarea, select, input:checked, input:not([type=radio])';
  const control =
    field.querySelector<HTMLElement>('[aria-invalid]') ?? field.querySelector(controls);
  if (control instanceof HTMLElement) control.focus();
}
