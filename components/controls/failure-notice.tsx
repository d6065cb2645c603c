'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { RunFailure } from '@/lib/core/runs/run-failure';
import { AlertIcon, ChevronRightIcon } from '../ui/icons';
import { useFailureWords } from './use-failure-words';

const looks = {
  error: { frame: 'border-error/30 bg-error-soft', icon: 'text-error' },
  warn: { frame: 'border-warn/30 bg-warn-soft', icon: 'text-warn' },
};

/** A run's trouble: what it is, what to do, and the server's own words for those who want them. */
export function FailureNotice({
  trouble,
  look = 'error',
  advice,
  children,
}: {
  trouble: RunFailure;
  look?: keyof typeof looks;
  /** What to do, where it is not what this trouble usually asks for. */
  advice?: string;
  children: ReactNode;
}) {
  const t = useTranslations('run');
  const words = useFailureWords(trouble);
  const { kind, message } = trouble;
  return (
    <div
      role="alert"
      data-testid="problem"
      className={`flex gap-3 rounded-large border px-3.5 py-3 ${looks[look].frame}`}
    >
      <AlertIcon size={17} aria-hidden className={`mt-px shrink-0 ${looks[look].icon}`} />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{words.title}</p>
        <p className="mt-0.5 max-w-[68ch]">{advice ?? words.advice}</p>
        {kind === 'refused' && message !== '' && (
          <p className="mt-1.5 max-w-[68ch] font-medium break-words">{message}</p>
        )}
        <div className="mt-2.5 flex flex-wrap items-center gap-2">{children}</div>
        <details className="group mt-2 text-small text-muted">
          <summary className="inline-flex items-center gap-1 rounded-small hover:text-text">
            <ChevronRightIcon size={13} aria-hidden className="group-open:rotate-90" />
            {t('details')}
          </summary>
          <TroubleDetails trouble={trouble} />
        </details>
      </div>
    </div>
  );
}

function TroubleDetails({
  trouble: { status, code, message, requestId },
}: {
  trouble: RunFailure;
}) {
  const t = useTranslations('trouble');
  const facts = [
    status !== null && t('status', { status: String(status) }),
    code,
    requestId !== null && t('request', { id: requestId }),
  ].filter(Boolean);
  return (
    <div className="mt-1 break-words whitespace-pre-wrap">
      {facts.length > 0 && <p className="tabular-nums">{facts.join(' · ')}</p>}
      {message !== '' && <p className="font-mono">{message}</p>}
    </div>
  );
}
