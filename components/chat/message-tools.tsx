'use client';
import { type ComponentProps, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { copyText } from '@/lib/client/browser/clipboard';
import { IconButton } from '../ui/button';
import { CheckIcon, CopyIcon } from '../ui/icons';
import { useCommandKey } from '../ui/keyboard';

export function MessageTool({ className = '', ...rest }: ComponentProps<typeof IconButton>) {
  return <IconButton {...rest} className={`size-7 ${className}`} />;
}

const saidForMs = 2500;

/** Copies a message's text. Without clipboard access (plain http) it says how to copy by hand. */
export function CopyTextTool({ text }: { text: string }) {
  const t = useTranslations('chat');
  const command = useCommandKey();
  const [outcome, setOutcome] = useState<'copied' | 'by_hand' | null>(null);
  useEffect(() => {
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => setOutcome(null), saidForMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <>
      <MessageTool
        label={outcome === 'copied' ? t('copied') : t('copyText')}
        onClick={async () => setOutcome((await copyText(text)) ? 'copied' : 'by_hand')}
      >
        {outcome === 'copied' ? (
          <CheckIcon size={14} aria-hidden />
        ) : (
          <CopyIcon size={14} aria-hidden />
        )}
      </MessageTool>
      <span role="status" className={outcome === 'by_hand' ? 'text-muted text-small' : 'sr-only'}>
        {outcome === 'copied' && t('copied')}
        {outcome === 'by_hand' && t('copyByHand', { keys: `${command}+C` })}
      </span>
    </>
  );
}
