import Link from 'next/link';
import { useLocale, useTranslations } from 'use-intl/react';
import type { Model } from '@/lib/core/models/model';

// Where a model is at home that cannot edit, by the endpoint that it has.
const pages = [
  { endpoint: 'generations', href: '/' },
  { endpoint: 'chat', href: '/chat' },
] as const;

/** The models that cannot edit, and the pages that can use them. */
export function OtherModels({ models }: { models: readonly Model[] }) {
  const t = useTranslations('edit');
  const locale = useLocale();
  const others = models.filter(({ endpoints }) => !endpoints.includes('edits'));
  return pages.map(({ endpoint, href }) => {
    const there = others.filter(({ endpoints }) => endpoints.includes(endpoint));
    if (there.length === 0) return null;
    const names = there.map(({ label }) => label[locale]).join(locale === 'zh' ? '、' : ', ');
    return (
      <p key={endpoint} className="mt-1.5 text-small text-muted">
        {t('cannotEdit', { models: names })}
        <Link href={href} className="text-accent-ink underline underline-offset-2">
          {t(`onPage.${endpoint}`)}
        </Link>
      </p>
    );
  });
}
