import { useEffect, useState } from 'react';

/** The time since a moment in ms, ticking twice a second. */
export function useElapsed(since: number): number {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, now - since);
}
