'use client';
import { type KeyboardEvent, memo, useContext } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { useMessage } from '@/lib/client/chat/conversations-store';
import { chooseBranch } from '@/lib/client/chat/open-conversation';
import { findModel } from '@/lib/core/models/lookup';
import { isInFlight } from '@/lib/core/runs/run-state';
import { PartBoundary } from '../controls/part-boundary';
import { ChevronLeftIcon, ChevronRightIcon } from '../ui/icons';
import { AnswerMessage } from './answer-message';
import { ChatModels } from './chat-context';
import { MessageTool } from './message-tools';
import { UserMessageView } from './user-message';

/** One message. It subscribes to its own state only. */
export const MessageView = memo(function MessageView({
  id,
  place,
  count,
  before,
  after,
  isLast,
}: {
  id: string;
  /** Its index among the siblings of the same parent. */
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
      // Padded, because content-visibility clips focus outlines at the box.
      className={`group/message -mx-2 px-2 py-1 ${message.role === 'user' ? '' : 'mb-4'} ${isLast ? '' : '[contain-intrinsic-size:auto_360px] [content-visibility:auto]'}`}
    >
      <article
        data-testid="message"
        // For the keys that go from message to message.
        tabIndex={-1}
        className="scroll-mt-3 rounded-small"
        data-role={message.role}
        aria-label={
          isUser
            ? t('you')
            : t('answerOf', { model: findModel(models, model)?.label[locale] ?? model })
        }
        aria-busy={!isUser && isInFlight(message)}
      >
        <PartBoundary of={id} beside={walker}>
          {isUser ? (
            <UserMessageView message={message} walker={walker} />
          ) : (
            <AnswerMessage answer={message} walker={walker} />
          )}
        </PartBoundary>
      </article>
    </li>
  );
});

/** Switches between sibling branches: ‹ 2/3 ›. */
function BranchWalker({
  place,
  count,
  before,
  after,
}: {
  place: number;
  count: number;
  before: string | undefined;
  after: string | undefined;
}) {
  const t = useTranslations('chat.branch');
  const go = (id: string | undefined) => id !== undefined && chooseBranch(id);
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (altKey || ctrlKey || metaKey || shiftKey) return;
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    event.preventDefault();
    go(key === 'ArrowLeft' ? before : after);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <span
      role="group"
      aria-label={t('label')}
      onKeyDown={onKeyDown}
      className="inline-flex items-center"
    >
      <MessageTool
        label={t('before')}
        why={before === undefined ? t('first') : undefined}
        onClick={() => go(before)}
      >
        <ChevronLeftIcon size={15} aria-hidden />
      </MessageTool>
      <span className="min-w-7 text-center text-muted text-small">
        <span className="sr-only">{t('spoken', { place: place + 1, count })}</span>
        <span aria-hidden>{t('position', { place: place + 1, count })}</span>
      </span>
      <MessageTool
        label={t('after')}
        why={after === undefined ? t('last') : undefined}
        onClick={() => go(after)}
      >
        <ChevronRightIcon size={15} aria-hidden />
      </MessageTool>
    </span>
  );
}
