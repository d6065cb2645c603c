'use client';
import { useEffect } from 'react';
import { wakeRuns } from '@/lib/client/carrier';
import { followTabs, resumeRuns } from '@/lib/client/kept-runs';

/** Takes up what is under way, on whichever page somebody is, and keeps it going. Shows nothing. */
export function LiveRuns() {
  useEffect(() => {
    void resumeRuns();
    const leaveTabs = followTabs();
    // Not part of the first load of the other pages.
    let leaveChat = () => {};
    let isLeft = false;
    void import('@/lib/client/chat/resume-chat').then(({ followChatTabs, resumeChat }) => {
      if (isLeft) return;
      leaveChat = followChatTabs();
      void resumeChat();
    });
    const onVisible = () => document.visibilityState === 'visible' && wakeRuns();
    window.addEventListener('online', wakeRuns);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      isLeft = true;
      leaveTabs();
      leaveChat();
      window.removeEventListener('online', wakeRuns);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, []);
  return null;
}
