'use client';
import { memo, useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { removeRun } from '@/lib/client/kept-runs';
import type { Model } from '@/lib/core/models/model';
import { findModel } from '@/lib/core/models/questions';
import { isUnderWay, type RunEntry } from '@/lib/core/run-entry';
import { formatSizeForPeople } from '@/lib/i18n/format-size';
import { useOptionWords } from '../controls/use-option-words';
import { Chip } from '../ui/chip';
import { IconButton } from '../ui/icon-button';
import { CloseIcon } from '../ui/icons';
import { useKeepFocus } from '../ui/use-keep-focus';
import { RetryCountdown } from './retry-countdown';
import { RunOutcome } from './run-outcome';
import { RunPictures } from './run-pictures';
import { RunProgress } from './run-progress';

/** One run: what was asked for, how it is getting on, what came of it. */
export const RunCard = memo(function RunCard({
  run,
  models,
}: {
  run: RunEntry;
  models: readonly Model[];
}) {
  const t = useTranslations('run');
  const form = useTranslations('form');
  const locale = useLocale();
  const words = useOptionWords();
  const card = useRef<HTMLElement>(null);
  const { prompt, model: modelId, size, quality } = run.request;
  const model = findModel(models, modelId);
  const isBusy = isUnderWay(run);
  const isPausing = run.state === 'pausing';
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
      className="flex scroll-mt-4 flex-col gap-3 outline-none"
    >
      <header className="flex items-start gap-x-3 gap-y-1.5 max-wide:flex-wrap">
        <h2
          title={prompt}
          className="line-clamp-2 min-w-0 flex-1 text-large font-semibold tracking-tight max-wide:basis-[70%]"
        >
          {prompt}
        </h2>
        <p className="flex shrink-0 flex-wrap items-center gap-1.5 max-wide:order-last max-wide:basis-full">
          <Chip>{model?.label[locale] ?? modelId}</Chip>
          {size !== undefined && (
            <Chip>{size === 'auto' ? form('auto') : formatSizeForPeople(size)}</Chip>
          )}
          {typeof quality === 'string' && <Chip>{words.value('quality', quality)}</Chip>}
        </p>
        {!isBusy && (
          <IconButton label={t('remove')} className="-my-1" onClick={() => removeRun(run.id)}>
            <CloseIcon size={15} aria-hidden />
          </IconButton>
        )}
      </header>
      {isBusy && !isPausing && <RunProgress run={run} />}
      {isPausing && run.trouble && run.nextTry && (
        <RetryCountdown run={run} trouble={run.trouble} at={run.nextTry.at} />
      )}
      {!isBusy && <RunOutcome run={run} models={models} isBatch={model?.wire.countIsUpperBound} />}
      {!isPausing && <RunPictures run={run} />}
    </article>
  );
});
