import { useEffect, useRef } from 'react';
import { openExperiment, useExperiments } from '@/lib/client/experiments/experiments-store';

/**
 * Opens the experiment that the address names (`?open=<id>`), and names there the one that is open. Back
 * leads from one that somebody went to to the one before.
 */
export function useOpenInAddress(): void {
  const openId = useExperiments((state) => state.openId);
  const isStep = useExperiments((state) => state.isStep);
  const isFirst = useRef(true);
  useEffect(() => {
    const read = () => new URLSearchParams(location.search).get('open');
    const named = read();
    if (named) openExperiment(named, false);
    const goBack = () => {
      if (isHere()) openExperiment(read(), false);
    };
    window.addEventListener('popstate', goBack);
    return () => window.removeEventListener('popstate', goBack);
  }, []);
  useEffect(() => {
    const wasFirst = isFirst.current;
    isFirst.current = false;
    const search = openId === null ? '' : `?open=${encodeURIComponent(openId)}`;
    if (!isHere() || location.search === search) return;
    const address = `${location.pathname}${search}`;
    // What was open when this page was left is shown again: that is no step.
    if (isStep && !wasFirst) history.pushState(null, '', address);
    else history.replaceState(history.state, '', address);
  }, [openId, isStep]);
}

const isHere = () => location.pathname === '/experiments';
