'use client';
import { useTranslations } from 'use-intl/react';

const looks = {
  demo: 'bg-warn-soft text-warn border-transparent',
  gateway: 'border-line text-muted',
};

/** Says on every page whether pictures are real and cost money. */
export function ModeBadge({ mode }: { mode: 'demo' | 'gateway' }) {
  const t = useTranslations('shell');
  return (
    <span
      title={t(`${mode}Hint`)}
      className={`inline-flex shrink-0 items-center whitespace-nowrap gap-1.5 rounded-full border px-2.5 py-[3px] text-small ${looks[mode]}`}
    >
      <span aria-hidden className="size-[7px] shrink-0 rounded-full bg-current" />
      <span className="max-wide:hidden">{t(mode)}</span>
      <span className="wide:hidden">{t(`${mode}Short`)}</span>
    </span>
  );
}
