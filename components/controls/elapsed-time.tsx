'use client';
import { useEffect, useState } from 'react';
import { formatDuration } from '@/lib/i18n/format-duration';

/** The time since a moment, ticking; silent for screen readers, who would hear every second. */
export function ElapsedTime({ since }: { since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <span role="timer" aria-live="off">
      {formatDuration(now - since)}
    </span>
  );
}
