'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl/react';

/** The studios, in the order of the bar; a new page is one more entry. */
const studios = [
  { href: '/', name: 'generate' },
  { href: '/edit', name: 'edit' },
  { href: '/chat', name: 'chat' },
] as const;

/** The way from one studio to another. */
export function Navigation() {
  const t = useTranslations('shell');
  const path = usePathname();
  return (
    <nav
      aria-label={t('navigation')}
      className="flex gap-0.5 max-roomy:order-last max-roomy:-mx-2.5 max-roomy:basis-full max-roomy:overflow-x-auto max-roomy:[scrollbar-width:none]"
    >
      {studios.map(({ href, name }) => (
        <Link
          key={href}
          href={href}
          aria-current={path === href ? 'page' : undefined}
          className="rounded-small px-2.5 py-1.5 text-muted transition-colors hover:text-text aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-text"
        >
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
