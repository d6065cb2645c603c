'use client';
import { useEffect } from 'react';
import { wakeRuns } from '@/lib/client/carrier';
import { followTabs, resumeRuns } from '@/lib/client/kept-runs';

/** Takes up what is under way, on whichever page somebody is, and keeps it going. Shows nothing. */
export function LiveRuns() {
  useEffect(() => {
    void resumeRuns();
    const leaveTabs = followTabs();
    const onVisible = () => document.visibilityState === 'visible' && wakeRuns();
    window.addEventListener('online', wakeRuns);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      leaveTabs();
      window.removeEventListener('online', wakeRuns);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, []);
  return null;
}
