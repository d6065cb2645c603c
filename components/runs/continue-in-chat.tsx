'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { sentAs } from '@/lib/core/runs/sent-as';
import { ContinueIcon } from '../ui/icons';
import type { RunPictureProps } from './run-actions';

/** Goes on with a picture in words: an empty conversation on the Chat page, with it in the composer. */
export function ContinueInChat({
  className,
  hasLabel,
  ...place
}: RunPictureProps & { className: string; hasLabel: boolean }) {
  const t = useTranslations('chat.tools');
  const router = useRouter();
  const picture = sentAs(place);
  if (!picture) return null;
  const { parent: _parent, ...file } = picture;
  return (
    <button
      type="button"
      title={t('chatHint')}
      aria-label={t('chat')}
      className={className}
      onClick={async () => {
        // Conversations are no part of the other pages' first load.
        const { startConversationWith } = await import('@/lib/client/chat/open-conversation');
        startConversationWith(file);
        router.push('/chat');
      }}
    >
      <ContinueIcon size={14} aria-hidden />
      {hasLabel && t('chat')}
    </button>
  );
}
