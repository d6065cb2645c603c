'use client';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { lookForSession } from '@/lib/client/api/session';
import { isTabVisible } from '@/lib/client/browser/is-in-front';
import { findOrphanRuns } from '@/lib/client/runs/orphan-runs';
import { wakeRuns } from '@/lib/client/runs/run-carrier';
import { followTabs, resumeRuns, takeUpRuns } from '@/lib/client/runs/run-commands';
import { history } from '@/lib/client/storage/history';

/** Takes up what is under way, on whichever page somebody is, and keeps it going. Shows nothing. */
export function LiveRuns() {
  const isChat = usePathname() === '/chat';
  useEffect(() => {
    void resumeRuns()
      .then(findOrphanRuns)
      .catch(() => {});
    const leaveTabs = followTabs();
    // In front again, perhaps after hours of sleep, or from the browser's cache of pages: what was
    // asked may never be answered, and other tabs may have been closed.
    const goOn = () => {
      if (!isTabVisible()) return;
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
      if (isTabVisible()) void takeUp().catch(() => {});
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
