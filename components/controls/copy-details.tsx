'use client';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { copyText } from '@/lib/client/browser/copy-text';
import { Button } from '../ui/button';
import { CheckIcon, CopyIcon } from '../ui/icons';
import { useCommandKey } from '../ui/use-command-key';

/** Copies a text; where the browser forbids it (plain http), shows it selected instead. */
export function CopyDetails({ text }: { text: string }) {
  const t = useTranslations('run');
  const command = useCommandKey();
  const [state, setState] = useState<'idle' | 'copied' | 'by_hand'>('idle');
  const field = useRef<HTMLTextAreaElement>(null);
  const copy = async () => setState((await copyText(text)) ? 'copied' : 'by_hand');
  return (
    <>
      <Button onClick={copy}>
        {state === 'copied' ? (
          <CheckIcon size={14} aria-hidden />
        ) : (
          <CopyIcon size={14} aria-hidden />
        )}
        <span aria-live="polite">{state === 'copied' ? t('copied') : t('copyDetails')}</span>
      </Button>
      {state === 'by_hand' && (
        <label className="basis-full text-small text-muted">
          {t('copyByHand', { keys: `${command}+C` })}
          <textarea
            ref={(element) => {
              if (field.current === element) return;
              field.current = element;
              element?.select();
            }}
            readOnly
            rows={Math.min(8, text.split('\n').length)}
            value={text}
            className="mt-1 block w-full rounded-small border border-line-strong bg-raised p-2 font-mono text-small text-text"
          />
        </label>
      )}
    </>
  );
}
