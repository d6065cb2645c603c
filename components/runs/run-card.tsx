'use client';
import { memo, useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { imageRuns } from '@/lib/client/runs/image-runs';
import { removeRun } from '@/lib/client/runs/run-commands';
import { useRuns } from '@/lib/client/runs/runs-store';
import { askedPictures } from '@/lib/core/endpoints/image-request';
import { findModel } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { progressOf } from '@/lib/core/runs/run-estimate';
import type { RunFailure } from '@/lib/core/runs/run-failure';
import { isInFlight } from '@/lib/core/runs/run-state';
import { formatDuration, formatExpected, formatSizeForPeople } from '@/lib/i18n/formats';
import { WithCode } from '../controls/code/with-code';
import { useElapsed } from '../controls/use-elapsed';
import { useOptionWords } from '../controls/words';
import { IconButton } from '../ui/button';
import { Chip } from '../ui/chip';
import { useKeepFocus } from '../ui/focus';
import { CloseIcon, CodeIcon } from '../ui/icons';
import { ProgressBar } from '../ui/progress-bar';
import { RetryCountdown } from './retry-countdown';
import { RunOutcome } from './run-outcome';
import { RunPictures } from './run-pictures';
import { RunSources } from './run-sources';
import { StopButton } from './stop-button';

/** One run: request, progress, outcome, pictures. */
export const RunCard = memo(function RunCard({
  run,
  models,
  isNewest,
}: {
  run: RunEntry;
  models: readonly Model[];
  isNewest: boolean;
}) {
  const t = useTranslations('run');
  const form = useTranslations('form');
  const locale = useLocale();
  const words = useOptionWords();
  const card = useRef<HTMLElement>(null);
  const { prompt, model: modelId, size, quality } = run.request;
  const model = findModel(models, modelId);
  const isBusy = isInFlight(run);
  const focusHandlers = useKeepFocus(card);
  return (
    <article
      ref={card}
      data-testid="run-card"
      tabIndex={-1}
      {...focusHandlers}
      aria-label={t('label', { prompt: prompt.slice(0, 80) })}
      aria-busy={isBusy}
      data-run={run.id}
      className="@container flex scroll-mt-4 flex-col gap-3 rounded-large outline-offset-8 focus-visible:outline-2"
    >
      <header className="flex items-start gap-x-3 gap-y-1.5 @max-[760px]:flex-wrap">
        <h2
          dir="auto"
          title={prompt}
          className="line-clamp-2 min-w-0 flex-1 text-large font-semibold tracking-tight @max-[760px]:basis-[70%]"
        >
          {run.isFound ? t('found') : prompt}
        </h2>
        <div className="flex shrink-0 flex-wrap items-center gap-1.5 @max-[760px]:order-last @max-[760px]:basis-full">
          {run.edit && <RunSources edit={run.edit} />}
          <Chip>{model?.label[locale] ?? modelId}</Chip>
          {size !== undefined && (
            <Chip>
              {size === 'auto' ? (
                form('auto')
              ) : (
                <span className="font-mono">{formatSizeForPeople(size)}</span>
              )}
            </Chip>
          )}
          {typeof quality === 'string' && <Chip>{words.value('quality', quality)}</Chip>}
        </div>
        {!run.isFound && (
          <WithCode sent={() => ({ run })}>
            {({ label, open }) => (
              <IconButton label={label} className="-my-1 -mr-2" onClick={open}>
                <CodeIcon size={15} aria-hidden />
              </IconButton>
            )}
          </WithCode>
        )}
        {/* Invisible instead of absent, so that the line does not reflow. */}
        <IconButton
          label={t('remove')}
          className={`-my-1 ${isBusy ? 'invisible' : ''}`}
          onClick={() => removeRun(run.id)}
        >
          <CloseIcon size={15} aria-hidden />
        </IconButton>
      </header>
      {isBusy ? (
        <RunUnderWay run={run} models={models} />
      ) : (
        <RunOutcome
          run={run}
          models={models}
          isBatch={model?.wire.countIsUpperBound}
          isNewest={isNewest}
        />
      )}
      {/* One element before and after the end, so that pictures and an open viewer are not remounted. */}
      {(!isBusy || !run.trouble || run.state === 'answering') && (
        <RunPictures run={run} models={models} />
      )}
    </article>
  );
});

// A 429 comes at once, so a try that lasts longer has been accepted.
const takenUpAfterMs = 1500;

/** The progress of a run in flight, or the countdown between two tries. */
function RunUnderWay({ run, models }: { run: RunEntry; models: readonly Model[] }) {
  if (!run.trouble) return <RunProgress run={run} />;
  return <RunTriedAgain run={run} models={models} trouble={run.trouble} />;
}

/** A component of its own, because only retried runs need the clock. */
function RunTriedAgain({
  run,
  models,
  trouble,
}: {
  run: RunEntry;
  models: readonly Model[];
  trouble: RunFailure;
}) {
  const locale = useLocale();
  const sinceTry = useElapsed(run.startedAt ?? Number.POSITIVE_INFINITY);
  const isAnswering = run.state === 'answering';
  // Switching at each try would make everything below jump.
  if (isAnswering || sinceTry > takenUpAfterMs) {
    return (
      <>
        <RunProgress run={run} />
        {/* Empty slots; from the answer on the card itself renders them. */}
        {!isAnswering && <RunPictures run={run} models={models} />}
      </>
    );
  }
  const { prompt: _prompt, ...settings } = run.request;
  const { model } = settings;
  return (
    <RetryCountdown
      model={model}
      modelName={findModel(models, model)?.label[locale] ?? model}
      run={run}
      trouble={trouble}
      settings={settings}
      onTryNow={() => imageRuns.tryNow(run.id)}
      onStop={() => imageRuns.stop(run.id)}
    />
  );
}

/** The progress of a run, estimated from earlier runs, and the stop button. */
function RunProgress({ run }: { run: RunEntry }) {
  const t = useTranslations('run');
  const stage = useTranslations('stage');
  const isConnectionLost = useRuns((state) => state.isConnectionLost);
  const elapsedMs = useElapsed(run.startedAt ?? run.createdAt);
  const { expectedMs } = run;
  const { isUpperBound } = askedPictures(run.request);
  const shown = picturesOf(run).length;
  const elapsed = formatDuration(elapsedMs);
  const stop = <StopButton label={t('stop')} onStop={() => imageRuns.stop(run.id)} />;
  // Time counts from the moment when the server has the run.
  if (run.state === 'queued' || run.startedAt === null) {
    return (
      <div className="flex items-center justify-between gap-3 text-muted">
        {/* Appears late, because this state is usually over at once. */}
        <span className="[animation:appear_200ms_500ms_backwards]">
          {isConnectionLost ? t('unsent') : t(run.state === 'queued' ? 'queued' : 'sending')}
        </span>
        {stop}
      </div>
    );
  }
  const isLate = expectedMs !== null && elapsedMs > expectedMs;
  return (
    <div className="flex items-center gap-3">
      <div className="flex min-w-0 flex-1 items-center gap-x-3 gap-y-1.5 @max-[560px]:flex-wrap">
        <ProgressBar
          label={t('waiting')}
          value={expectedMs === null || isLate ? undefined : progressOf({ elapsedMs, expectedMs })}
        />
        {/* Not live: screen readers would announce every second. */}
        <span
          role="timer"
          aria-live="off"
          className="text-small text-muted @max-[560px]:basis-full @min-[560px]:whitespace-nowrap"
        >
          <span className="font-mono">
            {expectedMs === null
              ? elapsed
              : t(isLate ? 'usuallyAbout' : 'ofAbout', {
                  elapsed,
                  expected: formatExpected(expectedMs),
                })}
          </span>
          {' · '}
          {stage(isUpperBound ? 'progressUpTo' : 'progress', { shown, count: run.asked })}
        </span>
      </div>
      {stop}
    </div>
  );
}
