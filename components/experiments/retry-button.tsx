'use client';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Failures } from '@/lib/core/experiments/cell-state';
import { Button } from '../ui/button';
import { Sheet } from '../ui/sheet';

const groups = ['plain', 'charged', 'refused'] as const;

/** Retries what failed. What may cost a second time, or be refused again, is asked for by itself. */
export function RetryButton({
  failures,
  onRetry,
}: {
  failures: Failures;
  onRetry: (cells: readonly number[]) => void;
}) {
  const t = useTranslations('experiments.retry');
  const shell = useTranslations('shell');
  const sheet = useRef<HTMLDialogElement>(null);
  const count = groups.reduce((sum, group) => sum + failures[group].length, 0);
  if (count === 0) return null;
  const isPlain = count === failures.plain.length;
  return (
    <>
      <Button
        onClick={(event) => {
          if (event.detail > 1) return;
          if (isPlain) onRetry(failures.plain);
          else sheet.current?.showModal();
        }}
      >
        {t('button', { count })}
      </Button>
      <Sheet ref={sheet} title={t('title')} closeLabel={shell('close')}>
        <ul className="grid gap-3">
          {groups
            .filter((group) => failures[group].length > 0)
            .map((group) => (
              <li key={group} className="flex items-center gap-3">
                <span className="min-w-0 flex-1">
                  {t(group, { count: failures[group].length })}
                </span>
                <Button
                  onClick={() => {
                    sheet.current?.close();
                    onRetry(failures[group]);
                  }}
                >
                  {t('one', { count: failures[group].length })}
                </Button>
              </li>
            ))}
        </ul>
      </Sheet>
    </>
  );
}
