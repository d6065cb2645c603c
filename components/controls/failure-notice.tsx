'use client';
import { type ReactNode, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { copyText } from '@/lib/client/browser/clipboard';
import { isResumable } from '@/lib/core/runs/failure-kind';
import type { RunFailure } from '@/lib/core/runs/run-failure';
import { formatMoment, waitUnits } from '@/lib/i18n/formats';
import { Button } from '../ui/button';
import { AlertIcon, CheckIcon, ChevronRightIcon, CopyIcon } from '../ui/icons';
import { useCommandKey } from '../ui/keyboard';

const looks = {
  error: { frame: 'border-error/30 bg-error-soft', icon: 'text-error' },
  warn: { frame: 'border-warn/30 bg-warn-soft', icon: 'text-warn' },
};

/** Why a run failed and what to do about it, with the server's own words one click away. */
export function FailureNotice({
  trouble,
  look = 'error',
  advice,
  children,
}: {
  trouble: RunFailure;
  look?: keyof typeof looks;
  /** Replaces the usual advice for this failure. */
  advice?: string;
  children: ReactNode;
}) {
  const t = useTranslations('run');
  const words = useFailureWords(trouble);
  const server = useTranslations('trouble');
  const { kind, status, code, message, requestId } = trouble;
  const facts = [
    status !== null && server('status', { status: String(status) }),
    code,
    requestId !== null && server('request', { id: requestId }),
  ].filter(Boolean);
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
          <div className="mt-1 break-words whitespace-pre-wrap">
            {facts.length > 0 && <p className="tabular-nums">{facts.join(' · ')}</p>}
            {message !== '' && <p>{message}</p>}
          </div>
        </details>
      </div>
    </div>
  );
}

/** A failure's title, and the advice with what the run has cost. */
export function useFailureWords(trouble: RunFailure): { title: string; advice: string } {
  const t = useTranslations('trouble');
  const locale = useLocale();
  const { kind, retryAfterSeconds, mayBeCharged, budget } = trouble;
  const advice = adviceOf();
  // It says itself what it has cost.
  if (kind === 'budget_spent') return { title: t('budget_spent.title'), advice };
  if (kind === 'unread') return { title: t('unread.title'), advice };
  // A retry under the same idempotency key costs nothing more, whatever became of the run.
  const withCost = isResumable(trouble) ? 'sameAgain' : mayBeCharged ? 'charged' : 'nothingMade';
  return { title: t(`${kind}.title`), advice: t(withCost, { advice }) };

  function adviceOf(): string {
    if (kind === 'hidden_host') return t('hidden_host.advice', { origin: location.origin });
    if (kind === 'rate_limit' && retryAfterSeconds !== null) {
      return t('rate_limit.adviceAfter', waitUnits(retryAfterSeconds));
    }
    if (kind === 'budget_spent' && budget) {
      const { limit, used, fitsAt } = budget;
      if (fitsAt === null) return t('budget_spent.adviceNever', { limit });
      const time = formatMoment(fitsAt, locale);
      return t('budget_spent.adviceAt', { limit, used, time });
    }
    return t(`${kind}.advice`);
  }
}

/** Copies a text. Browsers forbid that on plain http: there the text is shown selected. */
export function CopyDetails({ text, label }: { text: string; label?: string }) {
  const t = useTranslations('run');
  const command = useCommandKey();
  const [state, setState] = useState<'idle' | 'copied' | 'by_hand'>('idle');
  const field = useRef<HTMLTextAreaElement>(null);
  const copy = async () => setState((await copyText(text)) ? 'copied' : 'by_hand');
  return (
    <>
      <Button onClick={copy}>
        {state === 'copied' ? (
          <CheckIcon size={14} aria-hidden />
        ) : (
          <CopyIcon size={14} aria-hidden />
        )}
        <span aria-live="polite">
          {state === 'copied' ? t('copied') : (label ?? t('copyDetails'))}
        </span>
      </Button>
      {state === 'by_hand' && (
        <label className="basis-full text-small text-muted">
          {t('copyByHand', { keys: `${command}+C` })}
          <textarea
            dir="auto"
            ref={(element) => {
              if (field.current === element) return;
              field.current = element;
              element?.select();
            }}
            readOnly
            rows={Math.min(8, text.split('\n').length)}
            value={text}
            className="mt-1 block w-full rounded-small border border-line-strong bg-raised p-2 text-small text-text"
          />
        </label>
      )}
    </>
  );
}
