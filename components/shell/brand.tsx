'use client';
import { useTranslations } from 'use-intl/react';

/** The product's mark and name. */
export function Brand() {
  const t = useTranslations('app');
  return (
    <span className="flex items-center gap-2 font-semibold tracking-tight">
      <span
        aria-hidden
        className="size-[18px] rounded-[5px] bg-[conic-gradient(from_210deg,#4f46e5,#22c1c3,#f7b733,#e94f8a,#4f46e5)]"
      />
      <span className="max-[360px]:sr-only">{t('name')}</span>
    </span>
  );
}
