'use client';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { wakeRuns } from '@/lib/client/carrier';
import { findRuns } from '@/lib/client/find-runs';
import { history } from '@/lib/client/history/history';
import { isInFront } from '@/lib/client/is-in-front';
import { followTabs, resumeRuns, takeUpRuns } from '@/lib/client/kept-runs';
import { lookForSession } from '@/lib/client/session';

/** Takes up what is under way, on whichever page somebody is, and keeps it going. Shows nothing. */
export function LiveRuns() {
  const isChat = usePathname() === '/chat';
  useEffect(() => {
    void resumeRuns()
      .then(findRuns)
      .catch(() => {});
    const leaveTabs = followTabs();
    // In front again, perhaps after hours of sleep, or from the browser's cache of pages: what was
    // asked may never be answered, and other tabs may have been closed.
    const goOn = () => {
      if (!isInFront()) return;
      wakeRuns();
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
  }, []);
  useEffect(() => {
    let isLeft = false;
    let leaveChat: (() => void) | undefined;
    const takeUp = async () => {
      // Not part of the first load of the other pages, but for an answer that is under way.
      if (!isChat && !(await history.hasAnswersUnderWay().catch(() => false))) return;
      const chat = await import('@/lib/client/chat/resume-chat');
      if (isLeft) return;
      leaveChat ??= chat.followChatTabs();
      await chat.resumeChat();
      await chat.takeUpAnswers();
    };
    const goOn = () => {
      if (isInFront()) void takeUp().catch(() => {});
    };
    void takeUp().catch(() => {});
    document.addEventListener('visibilitychange', goOn);
    return () => {
      isLeft = true;
      leaveChat?.();
      document.removeEventListener('visibilitychange', goOn);
    };
  }, [isChat]);
  return null;
}
