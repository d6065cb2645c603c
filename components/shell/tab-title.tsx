'use client';
import { useEffect } from 'react';
import { isInFront } from '@/lib/client/is-in-front';
import { chatStore } from '@/lib/client/stores/chat';
import { runsStore } from '@/lib/client/stores/runs';
import { isUnderWay, type RunLife } from '@/lib/core/run-life';
import { type TabNews, tabTitle } from '@/lib/core/tab-title';

/** Says in the tab's title how many runs are under way, and that some ended while it was hidden. */
export function TabTitle() {
  useEffect(() => {
    let busy = new Map<string, RunLife>();
    let ended: TabNews['ended'] = null;
    const write = () => {
      const title = tabTitle(document.title, { underWay: busy.size, ended });
      if (title !== document.title) document.title = title;
    };
    const update = () => {
      const lives = allRuns();
      const now = new Map(lives.filter(isUnderWay).map((life) => [life.id, life]));
      for (const { id, state } of lives) {
        if (!busy.has(id) || now.has(id) || isInFront()) continue;
        if (state === 'failed') ended = 'failed';
        else if (state === 'done') ended ??= 'done';
      }
      busy = now;
      write();
    };
    const onVisible = () => {
      if (!isInFront()) return;
      ended = null;
      write();
    };
    update();
    const leave = [runsStore.subscribe(update), chatStore.subscribe(update)];
    // Another page has a title of its own.
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

function allRuns(): RunLife[] {
  const answers = Object.values(chatStore.getState().messages).flatMap((message) =>
    message.role === 'assistant' ? [message] : [],
  );
  return [...runsStore.getState().runs, ...answers];
}
