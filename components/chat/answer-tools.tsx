'use client';
import { useContext, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { regenerate } from '@/lib/client/chat/send-message';
import { textOfAnswer } from '@/lib/core/chat/answer-state';
import type { Answer } from '@/lib/core/chat/message';
import { findModel } from '@/lib/core/models/lookup';
import type { ValidationProblem } from '@/lib/core/validation';
import { formatLength } from '@/lib/i18n/format-length';
import { useProblemSentence } from '../controls/use-problem-sentence';
import { RefreshIcon } from '../ui/icons';
import { ChatModels } from './chat-models';
import { CopyTextTool } from './copy-text-tool';
import { MessageTool } from './message-tool';

/** Below an answer that has ended: ask again, copy its text, and what it took. */
export function AnswerTools({ answer }: { answer: Answer }) {
  const t = useTranslations('chat');
  const run = useTranslations('run');
  const locale = useLocale();
  const models = useContext(ChatModels);
  const say = useProblemSentence(models);
  const [problems, setProblems] = useState<readonly ValidationProblem[]>([]);
  const [problem] = problems;
  const { id, usage, durationMs, request } = answer;
  const { model } = request.fields;
  const text = textOfAnswer(answer);
  const { prompt_tokens: input, completion_tokens: output } = usage ?? {};
  const sum = input !== undefined && output !== undefined ? input + output : undefined;
  const total = usage?.total_tokens ?? sum;
  const facts = [
    findModel(models, model)?.label[locale] ?? model,
    durationMs !== null && formatLength(durationMs, locale),
    total !== undefined && run('tokens', { count: total }),
  ].filter(Boolean);
  return (
    <>
      <span className="flex items-center opacity-70 transition-opacity group-focus-within/message:opacity-100 group-hover/message:opacity-100 no-hover:opacity-100">
        <MessageTool
          label={t('regenerate')}
          onClick={(event) => event.detail < 2 && setProblems(regenerate(id, models))}
        >
          <RefreshIcon size={14} aria-hidden />
        </MessageTool>
        {text !== '' && <CopyTextTool text={text} />}
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
