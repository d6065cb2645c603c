'use client';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { wakeRuns } from '@/lib/client/carrier';
import { history } from '@/lib/client/history/history';
import { followTabs, resumeRuns } from '@/lib/client/kept-runs';
import { lookForSession } from '@/lib/client/session';

/** Takes up what is under way, on whichever page somebody is, and keeps it going. Shows nothing. */
export function LiveRuns() {
  const isChat = usePathname() === '/chat';
  useEffect(() => {
    void resumeRuns();
    const leaveTabs = followTabs();
    const onVisible = () => {
      if (document.visibilityState !== 'visible') return;
      wakeRuns();
      void lookForSession();
    };
    window.addEventListener('online', wakeRuns);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      leaveTabs();
      window.removeEventListener('online', wakeRuns);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, []);
  useEffect(() => {
    let isLeft = false;
    let leaveChat = () => {};
    const takeUp = async () => {
      // Not part of the first load of the other pages, but for an answer that is under way.
      if (!isChat && !(await history.hasAnswersUnderWay().catch(() => false))) return;
      const { followChatTabs, resumeChat } = await import('@/lib/client/chat/resume-chat');
      if (isLeft) return;
      leaveChat = followChatTabs();
      void resumeChat();
    };
    void takeUp();
    return () => {
      isLeft = true;
      leaveChat();
    };
  }, [isChat]);
  return null;
}
