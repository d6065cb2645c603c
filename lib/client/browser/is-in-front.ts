/**
 * Whether somebody may be looking at this tab. One that is hidden leaves the runs of other tabs to
 * them: each tab that carries a run reads its whole answer.
 */
export function isTabVisible(): boolean {
  return typeof document === 'undefined' || document.visibilityState === 'visible';
}
