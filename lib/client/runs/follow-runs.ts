import { lookForSession, sessionStore } from '../api/session';
import { isTabVisible } from '../browser/tabs';
import { keepTidySoon } from '../gallery/upkeep';
import { findOrphanRuns } from './orphan-runs';
import { followTabs, listAllRuns, resumeRuns, takeUpRuns } from './run-commands';
import { observeRuns, wakeRuns } from './run-deps';
import { sharingStore } from './sharing-store';

/** Resumes the image runs, and carries them on whatever happens to the tab. @returns how to stop */
export function followRuns(): () => void {
  const resumed = resumeRuns();
  void resumed.then(listAllRuns).catch(() => {});
  void resumed.then(findOrphanRuns).catch(() => {});
  keepTidySoon();
  const leaveTabs = followTabs();
  const sharing = followSharing();
  // The tab is visible again, perhaps after hours of sleep or from the back/forward cache. Requests
  // may have died without an error, and other tabs may be gone.
  const goOn = () => {
    // A tab that is hidden now gives the connection of its long poll back.
    wakeRuns();
    sharing.begin();
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
    sharing.stop();
    window.removeEventListener('online', goOn);
    window.removeEventListener('pageshow', onShow);
    document.removeEventListener('visibilitychange', goOn);
  };
}

/** Keeps lines and budgets up to date while somebody looks, on a server that has any. */
function followSharing(): { begin: () => void; stop: () => void } {
  let observing: AbortController | undefined;
  const end = () => {
    observing?.abort();
    observing = undefined;
  };
  const begin = () => {
    const { queue, budgets } = sharingStore.getState();
    const { isSignedOut } = sessionStore.getState();
    if (isSignedOut || !isTabVisible() || !(queue || budgets)) return end();
    if (observing) return;
    observing = new AbortController();
    // Nobody is signed in.
    observeRuns(observing.signal).catch(end);
  };
  const leave = [sharingStore.subscribe(begin), sessionStore.subscribe(begin)];
  return {
    begin,
    stop() {
      for (const go of leave) go();
      end();
    },
  };
}
