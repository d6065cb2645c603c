'use client';
import { useContext, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { requirePicture } from '@/lib/client/pictures/picture-files';
import { imageRuns, repeatRun } from '@/lib/client/runs/image-runs';
import { askedPictures } from '@/lib/core/endpoints/image-request';
import { findModel } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { zipFileName } from '@/lib/core/pictures/file-name';
import { isResumable } from '@/lib/core/runs/failure-kind';
import { picturesOf, type RunEntry, refusedOption } from '@/lib/core/runs/run-entry';
import type { RunFailure } from '@/lib/core/runs/run-failure';
import { momentOf } from '@/lib/core/runs/run-state';
import type { ValidationProblem } from '@/lib/core/validation';
import { formatLength, formatMoment } from '@/lib/i18n/formats';
import { FailureNotice } from '../controls/failure-notice';
import { usePrompt } from '../controls/prompt-scope';
import { useBudgetWords } from '../controls/sharing-words';
import { useOptionWords, useProblemSentence } from '../controls/words';
import { ZipButton } from '../controls/zip-button';
import { Button } from '../ui/button';
import { FieldProblem } from '../ui/field';
import { AnswerUnread } from './answer-unread';
import { EarlierFailure } from './earlier-failure';
import { CopyFailure } from './retry-countdown';
import { RunActionsContext, usePictureDetails } from './run-actions';
import { focusRun, showForm } from './run-focus';

/** How a run ended: time and tokens or the failure, and the actions. */
export function RunOutcome({
  run,
  models,
  isBatch = false,
  isNewest,
}: {
  run: RunEntry;
  models: readonly Model[];
  isBatch?: boolean;
  /** The failures of others are a line that can be opened. */
  isNewest: boolean;
}) {
  const t = useTranslations('run');
  const { reuse } = useContext(RunActionsContext);
  const prompt = usePrompt();
  const { state, trouble, usage, asked } = run;
  const edit = useTranslations('edit');
  const { prompt: _prompt, ...settings } = run.request;
  const words = useOptionWords();
  const sentence = useProblemSentence(models);
  const [problem, setProblem] = useState<ValidationProblem>();
  const unsent = problem && (
    <div role="alert" className="basis-full">
      <FieldProblem>{sentence(problem)}</FieldProblem>
    </div>
  );
  const model = findModel(models, run.request.model);
  const without = trouble && model && refusedOption(run, trouble, model);
  const { isUpperBound } = askedPictures(run.request);
  const shown = picturesOf(run).length;
  const returned = run.slots.filter(({ kind }) => kind !== 'missing').length;
  const locale = useLocale();
  const time = formatLength(run.durationMs ?? 0);
  const startedAt = formatMoment(momentOf(run), locale);
  const further = (
    <>
      <RunZip run={run} />
      {!run.isFound && (
        <Button
          onClick={() => {
            reuse(run);
            showForm(prompt.current);
          }}
        >
          {t('useSettings')}
        </Button>
      )}
    </>
  );
  const startAgain = (leftOut?: string) => {
    const { inPlace, problem } = repeatRun(run, models, leftOut);
    setProblem(problem);
    if (inPlace) focusRun(inPlace);
  };
  // As the form's button does: the server would only refuse it.
  const spent = useBudgetWords().hindrance(asked) || undefined;
  const repeat = (label: string) =>
    !run.isFound && (
      <Button
        why={spent}
        // Ignores the second click of a double click, which would be a second paid request.
        onClick={(event) => event.detail < 2 && startAgain()}
      >
        {label}
      </Button>
    );
  const again = (failure: RunFailure) => {
    const reopen = () => imageRuns.reopen(run.id);
    if (failure.kind === 'unread') return <AnswerUnread run={run} onRead={reopen} />;
    if (!isResumable(failure) || run.isFound) {
      return repeat(failure.mayBeCharged ? t('againCharged') : t('again'));
    }
    return <Button onClick={reopen}>{t('again')}</Button>;
  };
  if (trouble) {
    return (
      <EarlierFailure trouble={trouble} isOpen={isNewest || shown > 0}>
        <FailureNotice trouble={trouble}>
          {without && (
            <Button why={spent} onClick={(event) => event.detail < 2 && startAgain(without.name)}>
              {edit('withoutOption', { option: words.label(without.name) })}
            </Button>
          )}
          {again(trouble)}
          {further}
          <CopyFailure run={run} trouble={trouble} settings={settings} />
        </FailureNotice>
        {unsent}
        {(shown > 0 || trouble.kind === 'broken_off') && (
          <p className="text-small text-muted">{t('kept', { shown, count: asked })}</p>
        )}
      </EarlierFailure>
    );
  }
  if (state === 'cancelled') {
    return (
      <div className="flex flex-wrap items-center gap-2 rounded-large bg-sunken px-3.5 py-2.5 text-muted">
        <p className="mr-auto">{stoppedWords()}</p>
        {repeat(run.durationMs === null ? t('again') : t('againCharged'))}
        {further}
        {unsent}
      </div>
    );
  }
  const { input_tokens: input, output_tokens: output, total_tokens: total } = usage ?? {};
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
      <div className="text-small text-muted">
        <p>
          <time dateTime={new Date(momentOf(run)).toISOString()} className="font-mono">
            {startedAt}
          </time>
          {` · ${t('took', { time })}`}
          {total !== undefined && ` · ${t('tokens', { count: total })}`}
          {input !== undefined && output !== undefined && (
            <span className="@max-[420px]:hidden"> ({t('tokensSplit', { input, output })})</span>
          )}
        </p>
        {returned < asked && !isUpperBound && (
          <p className="mt-0.5 font-sans text-warn">
            {t('fewer', { count: returned, asked })} {isBatch && t('fewerBatch')}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {further}
        {repeat(t('runAgain'))}
      </div>
      {unsent}
    </div>
  );

  function stoppedWords(): string {
    if (run.durationMs === null) return t('stoppedWaiting');
    return run.startedAt === null ? t('stoppedUnsent') : t('stopped', { time });
  }
}

/** Downloads several pictures of a run as one ZIP. */
function RunZip({ run }: { run: RunEntry }) {
  const detailsOf = usePictureDetails();
  const pictures = picturesOf(run);
  if (pictures.length < 2) return null;
  const files = () =>
    Promise.all(
      pictures.map(async (one) => ({
        name: detailsOf({ run, ...one }).fileName,
        blob: await requirePicture(one.picture.hash),
      })),
    );
  return (
    <ZipButton
      files={files}
      zipName={zipFileName(run.request.prompt, momentOf(run))}
      count={pictures.length}
    />
  );
}
