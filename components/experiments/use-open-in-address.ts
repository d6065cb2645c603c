import { useEffect } from 'react';
import { openExperiment, useExperiments } from '@/lib/client/experiments/experiments-store';

/** Opens the experiment that the address names (`?open=<id>`), and names there the one that is open. */
export function useOpenInAddress(): void {
  const openId = useExperiments((state) => state.openId);
  useEffect(() => {
    const named = new URLSearchParams(location.search).get('open');
    if (named) openExperiment(named);
  }, []);
  useEffect(() => {
    const search = openId === null ? '' : `?open=${encodeURIComponent(openId)}`;
    if (location.pathname !== '/experiments' || location.search === search) return;
    history.replaceState(history.state, '', `${location.pathname}${search}`);
  }, [openId]);
}
