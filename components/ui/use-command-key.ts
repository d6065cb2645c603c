import { useHydrated } from './use-hydrated';

/** The key that makes shortcuts of Enter, as this computer's keyboard names it. */
export function useCommandKey(): string {
  const hydrated = useHydrated();
  return hydrated && /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';
}
