'use client';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { renameConversation } from '@/lib/client/chat/open-conversation';

/** The name of a conversation in the list while it is changed. */
export function ConversationName({
  id,
  title,
  onDone,
}: {
  id: string;
  title: string;
  onDone: () => void;
}) {
  const t = useTranslations('chat');
  const [name, setName] = useState(title);
  // Leaving the field by a key takes the focus off it, which is told as well.
  const isDone = useRef(false);
  const end = (isKept: boolean) => {
    if (isDone.current) return;
    isDone.current = true;
    if (isKept && name.trim() !== title) renameConversation(id, name);
    onDone();
  };
  return (
    <input
      ref={(field) => {
        if (!field || field === document.activeElement) return;
        field.focus();
        field.select();
      }}
      aria-label={t('name')}
      placeholder={t('nameHint')}
      value={name}
      onChange={({ target }) => setName(target.value)}
      onBlur={() => end(true)}
      onKeyDown={({ key, nativeEvent }) => {
        if (nativeEvent.isComposing || nativeEvent.keyCode === 229) return;
        if (key === 'Enter') end(true);
        if (key === 'Escape') end(false);
      }}
      className="absolute inset-x-0 inset-y-px z-10 w-full rounded-small border border-accent bg-raised px-2 max-wide:text-[16px]"
    />
  );
}
