'use client';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Failures } from '@/lib/core/experiments/cell-state';
import { Button } from '../ui/button';
import { Sheet } from '../ui/sheet';

const groups = ['plain', 'stopped', 'stoppedUnderWay', 'charged', 'refused'] as const;
/** What costs nothing so far, and is sent without a further question up to a number of requests. */
const free: readonly (typeof groups)[number][] = ['plain', 'stopped'];

/**
 * Retries what failed or was stopped, and says how many requests that is. What may cost a second time, or be
 * refused again, is asked for by itself.
 */
export function RetryButton({
  failures,
  askAbove,
  requestsOf,
  onRetry,
}: {
  failures: Failures;
  /** Above so many requests it asks in any case. */
  askAbove: number;
  /** How many requests a retry of some cells sends. */
  requestsOf: (cells: readonly number[]) => number;
  onRetry: (cells: readonly number[]) => void;
}) {
  const t = useTranslations('experiments.retry');
  const shell = useTranslations('shell');
  const sheet = useRef<HTMLDialogElement>(null);
  const there = groups.filter((group) => failures[group].length > 0);
  const all = there.flatMap((group) => failures[group]);
  if (all.length === 0) return null;
  const count = requestsOf(all);
  const [only] = there;
  const isPlain = there.length === 1 && only && free.includes(only) && count <= askAbove;
  return (
    <>
      <Button
        onClick={(event) => {
          if (event.detail > 1) return;
          if (isPlain) onRetry(all);
          else sheet.current?.showModal();
        }}
      >
        {t('button', { count })}
      </Button>
      <Sheet ref={sheet} title={t('title')} closeLabel={shell('close')}>
        <ul className="grid gap-3">
          {there.map((group) => (
            <li key={group} className="flex items-center gap-3">
              <span className="min-w-0 flex-1">{t(group, { count: failures[group].length })}</span>
              <Button
                onClick={() => {
                  sheet.current?.close();
                  onRetry(failures[group]);
                }}
              >
                {t('one', { count: requestsOf(failures[group]) })}
              </Button>
            </li>
          ))}
        </ul>
      </Sheet>
    </>
  );
}
