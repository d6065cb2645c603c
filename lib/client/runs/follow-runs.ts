import { lookForSession } from '../api/session';
import { isTabVisible } from '../browser/tabs';
import { keepTidySoon } from '../gallery/upkeep';
import { findOrphanRuns } from './orphan-runs';
import { followTabs, resumeRuns, takeUpRuns } from './run-commands';
import { wakeRuns } from './run-engine';

/** Resumes the image runs, and carries them on whatever happens to the tab. @returns how to stop */
export function followRuns(): () => void {
  void resumeRuns()
    .then(findOrphanRuns)
    .catch(() => {});
  keepTidySoon();
  const leaveTabs = followTabs();
  // The tab is visible again, perhaps after hours of sleep or from the back/forward cache. Requests
  // may have died without an error, and other tabs may be gone.
  const goOn = () => {
    // A tab that is hidden now gives the connection of its long poll back.
    wakeRuns();
    if (!isTabVisible()) return;
    void lookForSession();
    void takeUpRuns().catch(() => {});
  };
  const onShow = ({ persisted }: PageTransitionEvent) => persisted && goOn();
  window.addEventListener('online', goOn);
  window.addEventListener('pageshow', onShow);
  document.addEventListener('visibilitychange', goOn);
  return () => {
    leaveTabs();
    window.removeEventListener('online', goOn);
    window.removeEventListener('pageshow', onShow);
    document.removeEventListener('visibilitychange', goOn);
  };
}
