'use client';
import { useEffect } from 'react';
import { isTabVisible } from '@/lib/client/browser/tabs';
import { chatStore } from '@/lib/client/chat/conversations-store';
import { cellsStore } from '@/lib/client/experiments/cells-store';
import { runsStore } from '@/lib/client/runs/runs-store';
import { isInFlight, type LocalRun } from '@/lib/core/runs/run-state';
import { type TabNews, tabTitle } from '@/lib/core/runs/tab-news';

/** Shows in the tab's title how many runs are in flight, and that some ended while it was hidden. */
export function TabTitle() {
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
  return null;
}

function allRuns(): LocalRun[] {
  const answers = Object.values(chatStore.getState().messages).flatMap((message) =>
    message.role === 'assistant' ? [message] : [],
  );
  return [...runsStore.getState().runs, ...answers, ...cellsStore.getState().cells.values()];
}
