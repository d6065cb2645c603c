'use client';
import { useLocale, useTranslations } from 'use-intl/react';
import { useRuns } from '@/lib/client/runs/runs-store';
import { useTicket } from '@/lib/client/runs/sharing-store';
import type { RunFailure } from '@/lib/core/runs/run-failure';
import { type LocalRun, waitsForTurn } from '@/lib/core/runs/run-state';
import { formatMoment, wholeUnits } from '@/lib/i18n/formats';
import { useLineWords } from '../controls/sharing-words';
import { useElapsed } from '../controls/use-elapsed';
import { HistoryIcon } from '../ui/icons';
import { StopButton } from './stop-button';

/** A run that is not sent yet because it is not its turn, or a budget has no room: why, and until when. */
export function TurnNotice({
  run,
  trouble,
  model,
  modelName,
  onStop,
}: {
  run: LocalRun;
  trouble: RunFailure;
  model: string;
  modelName: string;
  /** Omitted where the page has its own stop button. */
  onStop?: (() => void) | undefined;
}) {
  const t = useTranslations('turn');
  const words = useTranslations('trouble');
  const locale = useLocale();
  const ticket = useTicket(run.key);
  const line = useLineWords(model);
  const now = useElapsed(0);
  const isInLine = trouble.kind === 'queue_wait';
  const { name, limit = 0, used = 0 } = trouble.budget ?? {};
  const isFirst = useIsFirst(run, trouble, model);
  return (
    <div
      data-testid="turn"
      className="flex gap-3 rounded-large border border-line bg-sunken px-3.5 py-3"
    >
      <HistoryIcon size={17} aria-hidden className="mt-px shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold tabular-nums">{titleWords()}</p>
        {isFirst && (
          <>
            <p className="mt-0.5 max-w-[68ch]">
              {isInLine ? t('shared', { model: modelName, line: line || 'none' }) : budgetWords()}
            </p>
            <p className="mt-1.5 max-w-[68ch] text-muted">{t(isInLine ? 'kept' : 'stays')}</p>
          </>
        )}
        {onStop && (
          <div className="mt-2.5">
            <StopButton label={t(isInLine ? 'leave' : 'cancel')} onStop={onStop} />
          </div>
        )}
      </div>
    </div>
  );

  function titleWords(): string {
    if (name === 'runsAtOnce') return t('oneEnds');
    if (!isInLine) return words('budget_wait.title');
    if (!run.nextTry || ticket?.heldUntil != null) return t('yours');
    if (!ticket) return t('joining');
    const at = Math.max(ticket.at, now);
    return t('inLine', { place: ticket.place, time: formatMoment(at, locale, now) });
  }

  function budgetWords(): string {
    // Of a request that is under way nobody knows when it ends.
    if (name === 'runsAtOnce') return t('runsAtOnce', { used, limit });
    const at = run.nextTry?.at;
    // Rounded up, so that it never says none while the wait goes on.
    const left = wholeUnits(Math.max(1, Math.ceil(((at ?? now) - now) / 1000)));
    return t('requestsPerMinute', { used, limit, hasTime: String(at !== undefined), ...left });
  }
}

/** Whether a run is the first of its list that waits for this. Only that one explains it: the others wait for the same. */
function useIsFirst({ id }: LocalRun, { kind }: RunFailure, model: string): boolean {
  return useRuns(({ runs }) => {
    const own = runs.find((one) => one.id === id);
    // An answer of the chat stands alone.
    if (!own) return true;
    // The newest run is the first in the list, and the last to be sent.
    const first = runs.findLast(
      (one) =>
        one.endpoint === own.endpoint &&
        waitsForTurn(one) &&
        one.trouble?.kind === kind &&
        (kind !== 'queue_wait' || one.request.model === model),
    );
    return first?.id === id;
  });
}
