'use client';
import { useTranslations } from 'use-intl/react';
import type { AnswerPart } from '@/lib/core/chat/message';
import { AlertIcon } from '../ui/icons';

/** A picture that cannot be shown, and why. */
export function UnusableNote({
  part: { reason, mediaType },
}: {
  part: Extract<AnswerPart, { kind: 'unusable' }>;
}) {
  const t = useTranslations('chat.unusable');
  return (
    <p
      data-testid="problem"
      className="flex w-fit max-w-full gap-2 rounded-large border border-error/30 bg-error-soft px-3.5 py-2.5"
    >
      <AlertIcon size={16} aria-hidden className="mt-px shrink-0 text-error" />
      <span className="min-w-0 break-words">
        {t(`reason.${reason}`)}
        {mediaType !== null && (
          <span className="text-muted"> {t('claims', { type: mediaType.slice(0, 80) })}</span>
        )}
      </span>
    </p>
  );
}
