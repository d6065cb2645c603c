'use client';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { isTabVisible } from '@/lib/client/browser/tabs';
import { history } from '@/lib/client/storage/history';
import { keptCookie } from '@/lib/core/kept-cookie';
import { later, useLater } from '../ui/later';

const live = later(() => import('@/lib/client/runs/follow-runs'));

/** Resumes and carries on all runs in flight, on every page. Renders nothing. */
export function LiveRuns() {
  const path = usePathname();
  const isChat = path === '/chat';
  const isExperiments = path === '/experiments';
  const found = useLater(live, false);
  useEffect(() => {
    // Only a first visit surely has no runs to show or to resume.
    if (document.cookie.includes(`${keptCookie}=`)) live.begin();
  }, []);
  useEffect(() => {
    if (typeof found === 'object') return found.value.followRuns();
  }, [found]);
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
    const takeUpExperiments = async () => {
      if (!isExperiments && !(await history.hasExperimentsUnderWay().catch(() => false))) return;
      const { resumeExperiments } = await import('@/lib/client/experiments/run-experiment');
      await resumeExperiments();
    };
    const takeUpAll = () => {
      void takeUp().catch(() => {});
      void takeUpExperiments().catch(() => {});
    };
    const goOn = () => {
      if (isTabVisible()) takeUpAll();
    };
    takeUpAll();
    document.addEventListener('visibilitychange', goOn);
    return () => {
      isLeft = true;
      leaveChat?.();
      document.removeEventListener('visibilitychange', goOn);
    };
  }, [isChat, isExperiments]);
  return null;
}
