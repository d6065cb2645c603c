'use client';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { lookForSession } from '@/lib/client/api/session';
import { isTabVisible } from '@/lib/client/browser/tabs';
import { keepTidySoon } from '@/lib/client/gallery/upkeep';
import { findOrphanRuns } from '@/lib/client/runs/orphan-runs';
import { followTabs, resumeRuns, takeUpRuns } from '@/lib/client/runs/run-commands';
import { wakeRuns } from '@/lib/client/runs/run-engine';
import { history } from '@/lib/client/storage/history';

/** Resumes and carries on all runs in flight, on every page. Renders nothing. */
export function LiveRuns() {
  const isChat = usePathname() === '/chat';
  useEffect(() => {
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
  }, []);
  useEffect(() => {
    let isLeft = false;
    let leaveChat: (() => void) | undefined;
    const takeUp = async () => {
      // Lazy on other pages, unless an answer is in flight.
      if (!isChat && !(await history.hasAnswersInFlight().catch(() => false))) return;
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
