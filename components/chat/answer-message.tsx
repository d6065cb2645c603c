'use client';
import { type ReactNode, useContext, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { chatRuns } from '@/lib/client/chat/chat-runs';
import { messagesBefore } from '@/lib/client/chat/conversations-store';
import { regenerate } from '@/lib/client/chat/send-message';
import { useRuns } from '@/lib/client/runs/runs-store';
import { awaitedAspect } from '@/lib/core/chat/awaited-picture';
import { type Answer, type AnswerPart, shownParts, textOfAnswer } from '@/lib/core/chat/message';
import { findModel } from '@/lib/core/models/lookup';
import { isInFlight } from '@/lib/core/runs/run-state';
import type { ValidationProblem } from '@/lib/core/validation';
import { formatDuration, formatExpected, formatLength } from '@/lib/i18n/formats';
import { WithCode } from '../controls/code/with-code';
import { useBudgetWords } from '../controls/sharing-words';
import { useElapsed } from '../controls/use-elapsed';
import { useProblemSentence } from '../controls/words';
import { SlotPlace } from '../runs/picture-slots';
import { RetryCountdown } from '../runs/retry-countdown';
import { CodeIcon, RefreshIcon } from '../ui/icons';
import { AnswerOutcome, RateNote } from './answer-outcome';
import { AnswerPartView } from './answer-part';
import { BusyDots } from './busy-dots';
import { ChatModels } from './chat-context';
import { CopyTextTool, MessageTool } from './message-tools';
import { PictureFrame } from './picture-frame';

/** An answer: its parts in order of arrival, its state, and its tools. */
export function AnswerMessage({ answer, walker }: { answer: Answer; walker: ReactNode }) {
  const t = useTranslations('chat');
  const locale = useLocale();
  const models = useContext(ChatModels);
  const { id, state, trouble, request } = answer;
  const isBusy = isInFlight(answer);
  // Stays true until a retry is accepted, so that the notice does not flicker at each try.
  const isRetrying = isBusy && trouble !== null && state !== 'answering';
  const shown = shownParts(answer);
  return (
    <div className="flex flex-col gap-3">
      {shown.map(({ part, index }) => (
        <AnswerPartView
          // Parts are only ever appended, so the index identifies one.
          key={`${id}/${index}`}
          answerId={id}
          index={index}
          part={part}
          fields={request.fields}
        />
      ))}
      {isRetrying && (
        <RetryCountdown
          model={request.fields.model}
          modelName={findModel(models, request.fields.model)?.label[locale] ?? request.fields.model}
          run={answer}
          trouble={trouble}
          settings={request.fields}
          onTryNow={() => chatRuns.tryNow(id)}
          note={
            trouble.kind === 'rate_limit' && (
              <RateNote model={findModel(models, request.fields.model)} />
            )
          }
        />
      )}
      {isBusy && !isRetrying && <AwaitedPicture answer={answer} after={shown.at(-1)?.part} />}
      {!isBusy && <AnswerOutcome key={id} answer={answer} />}
      {(!isBusy || walker) && (
        <div className="-mt-1.5 -ml-1.5 flex min-h-7 flex-wrap items-center gap-x-0.5">
          {walker}
          {!isBusy && <AnswerTools key={id} answer={answer} />}
        </div>
      )}
      {isBusy && !isRetrying && shown.length > 0 && <p className="sr-only">{t('underWay')}</p>}
    </div>
  );
}

/** The place of the picture that is still to come, so that nothing moves when it does. */
function AwaitedPicture({ answer, after }: { answer: Answer; after: AnswerPart | undefined }) {
  const models = useContext(ChatModels);
  const aspect = awaitedAspect(answer, messagesBefore(answer), models);
  if (aspect === undefined) {
    if (!after) return <AnswerWaiting answer={answer} />;
    return after.kind === 'text' && <BusyDots />;
  }
  return (
    <PictureFrame aspect={aspect}>
      <SlotPlace aspect={aspect}>
        <AnswerWaiting answer={answer} />
      </SlotPlace>
    </PictureFrame>
  );
}

/** Shown until a picture arrives, or the first words: the phase and the elapsed time. */
function AnswerWaiting({ answer }: { answer: Answer }) {
  const t = useTranslations('chat.waiting');
  const run = useTranslations('run');
  const { state, startedAt, createdAt, expectedMs } = answer;
  const isConnectionLost = useRuns((all) => all.isConnectionLost);
  const elapsedMs = useElapsed(startedAt ?? createdAt);
  const elapsed = formatDuration(elapsedMs);
  const phase =
    state === 'queued' || state === 'uploading' || state === 'waiting' ? state : 'answering';
  return (
    <p className="flex flex-wrap items-center justify-center gap-x-2.5 gap-y-1 text-muted">
      <BusyDots />
      {startedAt === null && isConnectionLost ? run('unsent') : t(phase)}
      {/* From the moment when the server has it. Not live: screen readers would announce every second. */}
      {startedAt !== null && (
        <span role="timer" aria-live="off" className="font-mono text-small">
          {expectedMs === null
            ? elapsed
            : run(elapsedMs > expectedMs ? 'usuallyAbout' : 'ofAbout', {
                elapsed,
                expected: formatExpected(expectedMs),
              })}
        </span>
      )}
    </p>
  );
}

/** Below a finished answer: regenerate, copy, model, time and tokens. */
function AnswerTools({ answer }: { answer: Answer }) {
  const t = useTranslations('chat');
  const run = useTranslations('run');
  const locale = useLocale();
  const models = useContext(ChatModels);
  const say = useProblemSentence(models);
  const [problems, setProblems] = useState<readonly ValidationProblem[]>([]);
  const [problem] = problems;
  const spent = useBudgetWords().hindrance(1) || undefined;
  const { id, usage, durationMs, request } = answer;
  const { model } = request.fields;
  const text = textOfAnswer(answer);
  const { prompt_tokens: input, completion_tokens: output } = usage ?? {};
  const sum = input !== undefined && output !== undefined ? input + output : undefined;
  const total = usage?.total_tokens ?? sum;
  const facts = [
    findModel(models, model)?.label[locale] ?? model,
    durationMs !== null && formatLength(durationMs),
    total !== undefined && run('tokens', { count: total }),
  ].filter(Boolean);
  return (
    <>
      <span className="flex items-center opacity-70 transition-opacity group-focus-within/message:opacity-100 group-hover/message:opacity-100 no-hover:opacity-100">
        <MessageTool
          label={t('regenerate')}
          why={spent}
          onClick={(event) => event.detail < 2 && setProblems(regenerate(id, models))}
        >
          <RefreshIcon size={14} aria-hidden />
        </MessageTool>
        {text !== '' && <CopyTextTool text={text} />}
        <WithCode sent={() => ({ answer, path: messagesBefore(answer) })}>
          {({ label, open }) => (
            <MessageTool label={label} onClick={open}>
              <CodeIcon size={14} aria-hidden />
            </MessageTool>
          )}
        </WithCode>
      </span>
      <p
        title={
          input !== undefined && output !== undefined
            ? run('tokensSplit', { input, output })
            : undefined
        }
        className="ml-1.5 text-faint text-small"
      >
        {facts.join(' · ')}
      </p>
      {problem && (
        <p role="alert" data-testid="problem" className="basis-full px-1.5 text-error text-small">
          {say(problem)}
        </p>
      )}
    </>
  );
}
