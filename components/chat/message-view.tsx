'use client';
import { memo, useContext } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { useMessage } from '@/lib/client/chat/use-chat';
import { findModel } from '@/lib/core/models/lookup';
import { isInFlight } from '@/lib/core/runs/run-state';
import { AnswerMessage } from './answer-message';
import { BranchWalker } from './branch-walker';
import { ChatModels } from './chat-models';
import { UserMessageView } from './user-message';

/** One message. It notices only what happens to itself. */
export const MessageView = memo(function MessageView({
  id,
  place,
  count,
  before,
  after,
  isLast,
}: {
  id: string;
  /** Among the messages that follow the same one. */
  place: number;
  count: number;
  before: string | undefined;
  after: string | undefined;
  isLast: boolean;
}) {
  const t = useTranslations('chat');
  const locale = useLocale();
  const models = useContext(ChatModels);
  const message = useMessage(id);
  if (!message) return null;
  const walker = count > 1 && (
    <BranchWalker place={place} count={count} before={before} after={after} />
  );
  const isUser = message.role === 'user';
  const model = isUser ? '' : message.request.fields.model;
  return (
    <li
      // Padded, because what is drawn outside of it is cut off: the outline of what has the focus.
      className={`group/message -mx-2 px-2 py-1 ${message.role === 'user' ? '' : 'mb-4'} ${isLast ? '' : '[contain-intrinsic-size:auto_360px] [content-visibility:auto]'}`}
    >
      <article
        data-testid="message"
        data-role={message.role}
        aria-label={
          isUser
            ? t('you')
            : t('answerOf', { model: findModel(models, model)?.label[locale] ?? model })
        }
        aria-busy={!isUser && isInFlight(message)}
      >
        {isUser ? (
          <UserMessageView message={message} walker={walker} />
        ) : (
          <AnswerMessage answer={message} walker={walker} />
        )}
      </article>
    </li>
  );
});
