'use client';
import { memo, useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { removeRun } from '@/lib/client/runs/run-commands';
import { findModel } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { isInFlight } from '@/lib/core/runs/run-state';
import { formatSizeForPeople } from '@/lib/i18n/format-size';
import { useOptionWords } from '../controls/use-option-words';
import { Chip } from '../ui/chip';
import { IconButton } from '../ui/icon-button';
import { CloseIcon } from '../ui/icons';
import { useKeepFocus } from '../ui/use-keep-focus';
import { RunOutcome } from './run-outcome';
import { RunPictures } from './run-pictures';
import { RunSources } from './run-sources';
import { RunUnderWay } from './run-under-way';

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
      className="@container flex scroll-mt-4 flex-col gap-3 rounded-large outline-offset-8 focus-visible:outline-2 max-wide:scroll-mt-[calc(var(--bar)+16px)]"
    >
      <header className="flex items-start gap-x-3 gap-y-1.5 @max-[760px]:flex-wrap">
        <h2
          title={prompt}
          className="line-clamp-2 min-w-0 flex-1 text-large font-semibold tracking-tight @max-[760px]:basis-[70%]"
        >
          {run.isFound ? t('found') : prompt}
        </h2>
        <p className="flex shrink-0 flex-wrap items-center gap-1.5 @max-[760px]:order-last @max-[760px]:basis-full">
          <Chip>{model?.label[locale] ?? modelId}</Chip>
          {size !== undefined && (
            <Chip>{size === 'auto' ? form('auto') : formatSizeForPeople(size)}</Chip>
          )}
          {typeof quality === 'string' && <Chip>{words.value('quality', quality)}</Chip>}
        </p>
        {/* Its place is kept while there is nothing to remove, so that the line stays as it is. */}
        <IconButton
          label={t('remove')}
          className={`-my-1 ${isBusy ? 'invisible' : ''}`}
          onClick={() => removeRun(run.id)}
        >
          <CloseIcon size={15} aria-hidden />
        </IconButton>
      </header>
      {run.edit && <RunSources edit={run.edit} />}
      {isBusy ? (
        <RunUnderWay run={run} />
      ) : (
        <RunOutcome run={run} models={models} isBatch={model?.wire.countIsUpperBound} />
      )}
      {/* In one place before and after the end: else each would go and come again, and its full view. */}
      {(!isBusy || !run.trouble || run.state === 'answering') && <RunPictures run={run} />}
    </article>
  );
});
