'use client';
import type { KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl/react';
import { chooseBranch } from '@/lib/client/chat/open-conversation';
import { ChevronLeftIcon, ChevronRightIcon } from '../ui/icons';
import { MessageTool } from './message-tool';

/** Walks through the messages that stand beside one another: ‹ 2/3 ›. */
export function BranchWalker({
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
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <span
      role="group"
      aria-label={t('label')}
      onKeyDown={onKeyDown}
      className="inline-flex items-center"
    >
      <MessageTool
        label={t('before')}
        aria-disabled={before === undefined}
        onClick={() => go(before)}
      >
        <ChevronLeftIcon size={15} aria-hidden />
      </MessageTool>
      <span className="min-w-7 text-center font-mono text-muted text-small tabular-nums">
        <span className="sr-only">{t('spoken', { place: place + 1, count })}</span>
        <span aria-hidden>{t('position', { place: place + 1, count })}</span>
      </span>
      <MessageTool label={t('after')} aria-disabled={after === undefined} onClick={() => go(after)}>
        <ChevronRightIcon size={15} aria-hidden />
      </MessageTool>
    </span>
  );
}
