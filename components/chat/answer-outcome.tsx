'use client';
import { useContext, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useStore } from 'zustand/react';
import { chatRuns } from '@/lib/client/chat/chat-runs';
import { chatStore, messagesBefore } from '@/lib/client/chat/conversations-store';
import { regenerate } from '@/lib/client/chat/send-message';
import { type Answer, textOfAnswer } from '@/lib/core/chat/message';
import { broughtBack } from '@/lib/core/chat/turn-plan';
import { findModel } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { isResumable } from '@/lib/core/runs/failure-kind';
import { isInFlight } from '@/lib/core/runs/run-state';
import type { ValidationProblem } from '@/lib/core/validation';
import { FailureNotice } from '../controls/failure-notice';
import { useBudgetWords } from '../controls/sharing-words';
import { useProblemSentence } from '../controls/words';
import { AnswerUnread } from '../runs/answer-unread';
import { EarlierFailure } from '../runs/earlier-failure';
import { CopyFailure } from '../runs/retry-countdown';
import { Button } from '../ui/button';
import { FieldProblem } from '../ui/field';
import { ChatModels } from './chat-context';

/** What went wrong with an answer, and what can be done about it. */
export function AnswerOutcome({ answer }: { answer: Answer }) {
  const t = useTranslations('chat.outcome');
  const run = useTranslations('run');
  const models = useContext(ChatModels);
  const say = useProblemSentence(models);
  const [problems, setProblems] = useState<readonly ValidationProblem[]>([]);
  const { id, state, trouble, parts, finishReason, error, unreadable, request } = answer;
  const [problem] = problems;
  const spent = useBudgetWords().hindrance(1) || undefined;
  const again = (label: string) => (
    <Button
      why={spent}
      // Ignores the second click of a double click, which would be a second paid request.
      onClick={(event) => event.detail < 2 && setProblems(regenerate(id, models))}
    >
      {label}
    </Button>
  );
  const isNewest = useIsNewestFailure(answer);
  const hasKept =
    textOfAnswer(answer).trim() !== '' || parts.some(({ kind }) => kind === 'picture');
  if (trouble) {
    const refused = perhapsRefused(answer);
    return (
      <EarlierFailure trouble={trouble} isOpen={isNewest || hasKept}>
        {hasKept && <p className="text-muted text-small">{t('kept')}</p>}
        <FailureNotice trouble={trouble}>
          {trouble.kind === 'rate_limit' && (
            <RateNote model={findModel(models, request.fields.model)} />
          )}
          {refused !== 'words' && (
            <Button
              why={spent}
              title={t(refused === 'pictures' ? 'asUserHint' : 'onlyWordsHint')}
              onClick={(event) => event.detail < 2 && setProblems(regenerate(id, models, 'user'))}
            >
              {t(refused === 'pictures' ? 'asUser' : 'onlyWords')}
            </Button>
          )}
          {trouble.kind === 'unread' ? (
            <AnswerUnread run={answer} onRead={() => chatRuns.reopen(id)} />
          ) : isResumable(trouble) ? (
            <Button onClick={() => chatRuns.reopen(id)}>{run('again')}</Button>
          ) : (
            again(trouble.mayBeCharged ? t('againCharged') : t('again'))
          )}
          <CopyFailure run={answer} trouble={trouble} settings={request.fields} />
        </FailureNotice>
        {problem && <FieldProblem>{say(problem)}</FieldProblem>}
      </EarlierFailure>
    );
  }
  const isStopped = state === 'cancelled';
  const isEmpty = !isStopped && !hasKept && parts.every(({ kind }) => kind === 'text');
  const notes = [
    isStopped && (answer.durationMs === null ? t('stoppedWaiting') : t('stopped')),
    error && t('error', { message: error.message }),
    isEmpty && !error && t('empty'),
    finishWords(),
    unreadable > 0 && t('unreadable', { count: unreadable }),
  ].filter((note) => typeof note === 'string');
  if (notes.length === 0) return null;
  return (
    <>
      <div
        data-testid="outcome"
        className={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-large px-3.5 py-2 ${error || isEmpty ? 'bg-warn-soft text-warn' : 'bg-sunken text-muted'}`}
      >
        <div className="mr-auto min-w-0 max-w-[68ch] break-words">
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
        {(isStopped || error || isEmpty) &&
          again(isStopped && answer.durationMs === null ? t('again') : t('againCharged'))}
      </div>
      {problem && <FieldProblem>{say(problem)}</FieldProblem>}
    </>
  );

  function finishWords(): string | undefined {
    if (finishReason === null || finishReason === 'stop') return undefined;
    if (finishReason === 'length') return t('finish.length');
    if (finishReason === 'content_filter') return t('finish.content_filter');
    return t('finish.other', { reason: finishReason.slice(0, 80) });
  }
}

/** Whether no answer after this one has failed as well, in the conversation as it is shown. */
function useIsNewestFailure({ id, conversation }: Answer): boolean {
  return useStore(chatStore, ({ messages, paths }) => {
    const newest = paths[conversation]?.findLast((step) => {
      const message = messages[step.id];
      return message?.role === 'assistant' && message.trouble !== null && !isInFlight(message);
    });
    return newest === undefined || newest.id === id;
  });
}

/**
 * Which parts of earlier answers a 400 may be about, such as their signatures. The turn can then be
 * sent without these parts.
 */
function perhapsRefused({ trouble, request, parent }: Answer): ReturnType<typeof broughtBack> {
  const isOpen = trouble?.status === 400 && !/^(prompt|output)_refused$/.test(trouble.kind);
  // If the error names a setting, the setting is wrong and not the history.
  const [setting = ''] = trouble?.param?.split('.') ?? [];
  if (!isOpen || Object.hasOwn(request.fields, setting)) return 'words';
  return broughtBack(messagesBefore({ parent }), request);
}

/** The known rate limit of a model, shown when it is exceeded. */
export function RateNote({ model }: { model: Model | undefined }) {
  const t = useTranslations('chat');
  const rate = model?.rate;
  if (!rate) return null;
  const minutes = Math.round(rate.seconds / 60);
  return (
    <p className="basis-full text-muted text-small">
      {t('rate', { requests: rate.requests, minutes })}
    </p>
  );
}
