'use client';
import { useTranslations } from 'use-intl/react';
import type { Answer } from '@/lib/core/chat/message';
import { formatDuration, formatExpected } from '@/lib/i18n/format-duration';
import { useElapsed } from '../controls/use-elapsed';

/** An answer of which nothing has come yet: that it is waited for, and for how long. */
export function AnswerWaiting({ answer }: { answer: Answer }) {
  const t = useTranslations('chat.waiting');
  const run = useTranslations('run');
  const { state, startedAt, createdAt, expectedMs } = answer;
  const elapsedMs = useElapsed(startedAt ?? createdAt);
  const elapsed = formatDuration(elapsedMs);
  const phase =
    state === 'queued' || state === 'uploading' || state === 'waiting' ? state : 'answering';
  return (
    <p className="flex items-center gap-2.5 text-muted">
      <span aria-hidden className="flex gap-1">
        {['', '[animation-delay:-0.8s]', '[animation-delay:-1.6s]'].map((delay) => (
          <span
            key={delay}
            className={`size-1.5 animate-breathe rounded-full bg-accent ${delay}`}
          />
        ))}
      </span>
      {t(phase)}
      {/* Silent for screen readers, who would hear every second of it. */}
      <span role="timer" aria-live="off" className="font-mono text-small">
        {expectedMs === null
          ? elapsed
          : run(elapsedMs > expectedMs ? 'usuallyAbout' : 'ofAbout', {
              elapsed,
              expected: formatExpected(expectedMs),
            })}
      </span>
    </p>
  );
}
