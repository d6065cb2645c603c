'use client';
import { type ReactNode, useContext } from 'react';
import { useTranslations } from 'use-intl/react';
import { tryAnswerNow } from '@/lib/client/chat/chat-runs';
import { shownParts } from '@/lib/core/chat/answer-state';
import type { Answer } from '@/lib/core/chat/message';
import { findModel } from '@/lib/core/models/lookup';
import { isInFlight } from '@/lib/core/runs/run-state';
import { RetryCountdown } from '../runs/retry-countdown';
import { AnswerOutcome } from './answer-outcome';
import { AnswerPartView } from './answer-part';
import { AnswerTools } from './answer-tools';
import { AnswerWaiting } from './answer-waiting';
import { ChatModels } from './chat-models';
import { RateNote } from './rate-note';

/** An answer: its parts in the order in which they came, how it stands, what can be done with it. */
export function AnswerMessage({ answer, walker }: { answer: Answer; walker: ReactNode }) {
  const t = useTranslations('chat');
  const models = useContext(ChatModels);
  const { id, state, trouble, request } = answer;
  const isBusy = isInFlight(answer);
  // From its refusal until the next try is taken up: not in and out of it at every try.
  const isRetrying = isBusy && trouble !== null && state !== 'answering';
  const shown = shownParts(answer);
  const lastIndex = shown.at(-1)?.index;
  return (
    <div className="flex flex-col gap-3">
      {shown.map(({ part, index }) => (
        <AnswerPartView
          // Its place is what it is known by: parts only ever come at the end.
          key={`${id}/${index}`}
          answerId={id}
          index={index}
          part={part}
          fields={request.fields}
          isLive={isBusy && index === lastIndex}
        />
      ))}
      {isRetrying && (
        <RetryCountdown
          life={answer}
          trouble={trouble}
          settings={request.fields}
          onTryNow={() => tryAnswerNow(id)}
          note={
            trouble.kind === 'rate_limit' && (
              <RateNote model={findModel(models, request.fields.model)} />
            )
          }
        />
      )}
      {isBusy && !isRetrying && shown.length === 0 && <AnswerWaiting answer={answer} />}
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
