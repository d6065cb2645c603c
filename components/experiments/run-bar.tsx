'use client';
import { type RefObject, useMemo, useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Forecast } from '@/lib/client/experiments/use-forecast';
import { useLines } from '@/lib/client/runs/sharing-store';
import type { Failures, Progress } from '@/lib/core/experiments/cell-state';
import type { Experiment } from '@/lib/core/experiments/experiment';
import type { Plan, PlanRequest } from '@/lib/core/experiments/plan';
import { totalsOf } from '@/lib/core/experiments/plan-totals';
import { findModel } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { formatExpected, formatMoment, wholeUnits } from '@/lib/i18n/formats';
import { useBudgetWords } from '../controls/sharing-words';
import { Button } from '../ui/button';
import { useKeepFocus } from '../ui/focus';
import { useCommandEnter } from '../ui/keyboard';
import { ProgressBar } from '../ui/progress-bar';
import { Sheet } from '../ui/sheet';
import { timeOfDay } from './grid/grid-cell';
import { RetryButton } from './retry-button';

/** Above so many requests the button asks once more. */
const askAbove = 100;

export interface RunCommands {
  run: () => void;
  runFirst: () => void;
  pause: () => void;
  stop: () => void;
  retry: (cells: readonly number[]) => void;
  /** How many requests a retry of some cells sends. */
  requestsToRetry: (cells: readonly number[]) => number;
}

/** The name of an experiment, what it would send next, and how far it is. */
export function RunBar({
  experiment,
  plan,
  unsent,
  forecast,
  firstRequests,
  progress,
  failures,
  models,
  commands,
  onName,
}: {
  experiment: Experiment | undefined;
  plan: Plan;
  /** What "run" would send. */
  unsent: readonly PlanRequest[];
  /** Of what is still to be sent. */
  forecast: Forecast | undefined;
  /** How many requests "try one first" sends. */
  firstRequests: number;
  progress: Progress;
  failures: Failures;
  models: readonly Model[];
  commands: RunCommands;
  onName: (name: string) => void;
}) {
  const t = useTranslations('experiments.run');
  const shell = useTranslations('shell');
  const sheet = useRef<HTMLDialogElement>(null);
  const line = useRef<HTMLParagraphElement>(null);
  // Pause and Stop go when they are pressed. What stands in their place sends requests: how far it is has the
  // focus then.
  const keepsFocus = useKeepFocus(line);
  const isRunning = experiment?.state === 'running';
  const isUnderWay = progress.running + progress.waiting + progress.inLine > 0;
  const isSent = progress.ended > 0 || isUnderWay || experiment?.state === 'paused';
  const budget = useBudgetWords();
  const totals = useMemo(() => totalsOf(unsent, models), [unsent, models]);
  const notEnough = budget.notEnough(totals.pictures);
  const time = forecast ? formatExpected(forecast.milliseconds) : '';
  const numbers = t(time ? 'numbersTime' : 'numbers', {
    requests: totals.requests,
    pictures: totals.pictures,
    time,
  });
  const turns = useTurnWords(plan, models);
  const problem = plan.problems[0];
  const why =
    plan.template.problems.length > 0
      ? t('templateProblem')
      : problem
        ? t(`problem.${problem.reason}`, {
            count: 'count' in problem ? problem.count : 0,
            max: 'max' in problem ? problem.max : 0,
          })
        : undefined;
  // One that has no picture left can only wait: what would be sent would pause at once.
  const spent = (unsent.length > 0 && budget.hindrance(1)) || undefined;
  const idle = why ?? spent;
  const isUnfinished = problem?.reason === 'no_model' || problem?.reason === 'empty_prompt';
  // The progress says so too where that is why it has paused.
  const isSaid = experiment?.state === 'paused' && experiment.pausedBecause === 'budget_spent';
  const hindrance = isSaid && spent ? '' : (spent ?? notEnough);
  const run = () => {
    if (unsent.length > askAbove) sheet.current?.showModal();
    else commands.run();
  };
  useCommandEnter(() => !idle && !isRunning && unsent.length > 0 && run());
  return (
    <header className="grid gap-2 border-b border-line bg-panel px-4 py-2.5 max-wide:px-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <input
          aria-label={t('name')}
          placeholder={t('namePlaceholder')}
          // Another experiment, another field.
          key={experiment?.id}
          defaultValue={experiment?.name}
          disabled={!experiment}
          onChange={({ target }) => onName(target.value.trim())}
          className="mr-auto min-w-32 flex-1 rounded-small border border-transparent bg-transparent px-1.5 py-1 text-large font-semibold hover:border-line focus:border-line-strong"
        />
        <div className="contents" {...keepsFocus}>
          {isRunning && <Button onClick={commands.pause}>{t('pause')}</Button>}
          {(isRunning || isUnderWay) && <Button onClick={commands.stop}>{t('stop')}</Button>}
          {!isRunning && (
            <>
              <RetryButton
                failures={failures}
                askAbove={askAbove}
                requestsOf={commands.requestsToRetry}
                onRetry={commands.retry}
              />
              {!isSent && (
                <Button
                  why={idle}
                  title={idle ?? t('firstHint')}
                  onClick={(event) => !idle && event.detail < 2 && commands.runFirst()}
                >
                  {why ? t('first') : t('firstCount', { count: firstRequests })}
                </Button>
              )}
              {(unsent.length > 0 || why !== undefined) && (
                <Button
                  look="primary"
                  data-testid="experiment-run"
                  className="py-1.5!"
                  why={idle}
                  onClick={(event) => !idle && event.detail < 2 && run()}
                >
                  {t(isSent ? 'rest' : 'run', { count: totals.requests })}
                </Button>
              )}
            </>
          )}
        </div>
      </div>
      <p className="text-small text-muted">
        {why !== undefined ? (
          // What comes next is no mistake.
          <span className={isUnfinished ? '' : 'text-error'}>{why}</span>
        ) : (
          unsent.length > 0 && !isRunning && [numbers, budget.today].filter(Boolean).join(' · ')
        )}
      </p>
      {why === undefined && !isRunning && hindrance && (
        <p className="max-w-[80ch] text-small text-warn">{hindrance}</p>
      )}
      {isSent && (
        <ProgressLine
          ref={line}
          progress={progress}
          experiment={experiment}
          time={isRunning ? time : ''}
        />
      )}
      {isRunning && progress.inLine + progress.queued > 0 && (
        <p className="max-w-[100ch] text-small text-muted" data-testid="turns">
          {[turns, t('keepOpen')].filter(Boolean).join(' ')}
        </p>
      )}
      <Sheet ref={sheet} title={t('ask')} closeLabel={shell('close')}>
        <p>{numbers}</p>
        {notEnough && <p className="mt-2 text-warn">{notEnough}</p>}
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => sheet.current?.close()}>{t('cancel')}</Button>
          <Button
            look="primary"
            onClick={() => {
              sheet.current?.close();
              commands.run();
            }}
          >
            {t('run', { count: totals.requests })}
          </Button>
        </div>
      </Sheet>
    </header>
  );
}

/** Why cells wait for their turn; empty where no model of a plan has a line. */
function useTurnWords({ requests }: Plan, models: readonly Model[]): string {
  const t = useTranslations('experiments.run');
  const locale = useLocale();
  const lines = useLines();
  const rates = useMemo(() => {
    const asked = new Set(requests.map(({ sends }) => sends.request.model));
    return lines.flatMap(({ model, rate: { requests, seconds } }) => {
      if (!asked.has(model)) return [];
      const name = findModel(models, model)?.label[locale] ?? model;
      return [t('rate', { requests, ...wholeUnits(seconds), model: name })];
    });
  }, [requests, lines, models, locale, t]);
  if (rates.length === 0) return '';
  return t('turns', { rates: new Intl.ListFormat(locale).format(rates) });
}

function ProgressLine({
  ref,
  progress,
  experiment,
  time,
}: {
  ref: RefObject<HTMLParagraphElement | null>;
  progress: Progress;
  experiment: Experiment | undefined;
  time: string;
}) {
  const t = useTranslations('experiments.run');
  const locale = useLocale();
  const budget = useBudgetWords();
  const { all, ended, running, waiting, waitsUntil, inLine, nextTurnAt } = progress;
  const { failed, stopped, onlyWords, queued } = progress;
  // Asked already or asking later: both wait in line.
  const notSent = inLine + queued;
  const parts = [
    t('progress', { ended, all }),
    running > 0 && t('running', { count: running }),
    waiting > 0 &&
      (waitsUntil === null
        ? t('waiting', { count: waiting })
        : t('waitingUntil', { count: waiting, time: timeOfDay(waitsUntil, locale) })),
    notSent > 0 &&
      (nextTurnAt === null
        ? t('inLine', { count: notSent })
        : t('inLineUntil', { count: notSent, time: formatMoment(nextTurnAt, locale) })),
    failed > 0 && t('failed', { count: failed }),
    stopped > 0 && t('stopped', { count: stopped }),
    onlyWords > 0 && t('onlyWords', { count: onlyWords }),
    time && t('left', { time }),
    experiment?.state === 'paused' &&
      experiment.pausedBecause &&
      t(`paused.${experiment.pausedBecause}`),
    experiment?.pausedBecause === 'budget_spent' && budget.hasRoom,
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <ProgressBar label={t('progressLabel')} value={all === 0 ? 0 : ended / all} />
      <p
        ref={ref}
        role="status"
        tabIndex={-1}
        className="text-small text-muted tabular-nums"
        data-testid="progress"
      >
        {parts.filter(Boolean).join(' · ')}
      </p>
    </div>
  );
}
