'use client';
import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { RunFailure } from '@/lib/core/runs/run-failure';
import { formatMoment } from '@/lib/i18n/formats';
import { useFailureWords } from '../controls/failure-notice';
import { AlertIcon, ChevronRightIcon } from '../ui/icons';

/** A failure's title, which opens the rest; where that is open already, the rest alone. */
export function EarlierFailure({
  trouble,
  isOpen,
  children,
}: {
  trouble: RunFailure;
  isOpen: boolean;
  children: ReactNode;
}) {
  const t = useTranslations('trouble');
  const locale = useLocale();
  const { title } = useFailureWords(trouble);
  const fitsAt = trouble.budget?.fitsAt;
  if (isOpen) return children;
  return (
    <details className="group/earlier">
      <summary className="flex items-center gap-2 rounded-small text-muted hover:text-text">
        <AlertIcon size={15} aria-hidden className="shrink-0 text-error" />
        <span className="min-w-0 truncate">
          {title}
          {fitsAt != null && ` · ${t('fitsAgain', { time: formatMoment(fitsAt, locale) })}`}
        </span>
        <ChevronRightIcon size={13} aria-hidden className="shrink-0 group-open/earlier:rotate-90" />
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
