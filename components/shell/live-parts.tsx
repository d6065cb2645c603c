'use client';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { isTabVisible } from '@/lib/client/browser/tabs';
import { chatStore } from '@/lib/client/chat/conversations-store';
import { cellsStore } from '@/lib/client/experiments/cells-store';
import { runsStore } from '@/lib/client/runs/runs-store';
import { readPatiently } from '@/lib/client/storage/database';
import { history } from '@/lib/client/storage/history';
import { isInFlight, type LocalRun } from '@/lib/core/runs/run-state';
import { type TabNews, tabTitle } from '@/lib/core/runs/tab-news';

/** Takes up answers and experiments in flight, and keeps the tab's title. Renders nothing. */
export function LiveParts() {
  useTabTitle();
  useTakenUp();
  return null;
}

/** Takes up the answers and experiments in flight: their code is lazy on other pages, unless there are any. */
function useTakenUp(): void {
  const path = usePathname();
  const isChat = path === '/chat';
  const isExperiments = path === '/experiments';
  useEffect(() => {
    const takeUp = async () => {
      if (!isChat && !(await isFound(history.hasAnswersInFlight))) return;
      const [{ followChatTabs }, { resumeChat, takeUpAnswers }] = await Promise.all([
        import('@/lib/client/chat/chat-tabs'),
        import('@/lib/client/chat/resume-chat'),
      ]);
      followChatTabs();
      await resumeChat();
      await takeUpAnswers();
    };
    const takeUpExperiments = async () => {
      if (!isExperiments && !(await isFound(history.hasExperimentsUnderWay))) return;
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
    return () => document.removeEventListener('visibilitychange', goOn);
  }, [isChat, isExperiments]);
}

/** Whether the storage has something, also where it opens late. */
function isFound(ask: () => Promise<boolean>): Promise<boolean> {
  return readPatiently(ask).catch(() => false);
}

/** Shows in the tab's title how many runs are in flight, and that some ended while it was hidden. */
function useTabTitle(): void {
  useEffect(() => {
    let busy = new Map<string, LocalRun>();
    let ended: TabNews['ended'] = null;
    const write = () => {
      const title = tabTitle(document.title, { underWay: busy.size, ended });
      if (title !== document.title) document.title = title;
    };
    const update = () => {
      const lives = allRuns();
      const now = new Map(lives.filter(isInFlight).map((life) => [life.id, life]));
      for (const { id, state } of lives) {
        if (!busy.has(id) || now.has(id) || isTabVisible()) continue;
        if (state === 'failed') ended = 'failed';
        else if (state === 'done') ended ??= 'done';
      }
      busy = now;
      write();
    };
    const onVisible = () => {
      if (!isTabVisible()) return;
      ended = null;
      write();
    };
    update();
    const stores = [runsStore, chatStore, cellsStore];
    const leave = stores.map((store) => store.subscribe(update));
    // Navigation sets a new title, which needs the count again.
    const observer = new MutationObserver(write);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      for (const stop of leave) stop();
      observer.disconnect();
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, []);
}

function allRuns(): LocalRun[] {
  const answers = Object.values(chatStore.getState().messages).flatMap((message) =>
    message.role === 'assistant' ? [message] : [],
  );
  return [...runsStore.getState().runs, ...answers, ...cellsStore.getState().cells.values()];
}
