'use client';
import { useTranslations } from 'use-intl/react';
import { useStore } from 'zustand/react';
import { chatStore } from '@/lib/client/chat/messages-store';
import { useOpenPath } from '@/lib/client/chat/use-chat';

/** Tells screen readers that an answer has begun and how it has ended; not each word of it. */
export function ChatAnnouncer() {
  const t = useTranslations('chat.spoken');
  const last = useOpenPath()?.at(-1)?.id ?? '';
  const state = useStore(chatStore, ({ messages }) => {
    const message = messages[last];
    return message?.role === 'assistant' ? message.state : undefined;
  });
  const pictures = useStore(chatStore, ({ messages }) => {
    const message = messages[last];
    if (message?.role !== 'assistant') return 0;
    return message.parts.filter(({ kind }) => kind === 'picture').length;
  });
  return (
    <p role="status" className="sr-only">
      {words()}
    </p>
  );

  function words(): string {
    switch (state) {
      case undefined:
        return '';
      case 'done':
        return t('done', { count: pictures });
      case 'failed':
        return t('failed');
      case 'cancelled':
        return t('stopped');
      case 'pausing':
        return t('pausing');
      case 'answering':
        return t('answering');
      default:
        return t('waiting');
    }
  }
}
