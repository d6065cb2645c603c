'use client';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useEffectEvent } from 'react';
import { useTranslations } from 'use-intl/react';
import {
  forgetUnreachable,
  openPage,
  preparePage,
  useIsUnreachable,
} from '@/lib/client/api/open-page';
import { IconButton } from '../ui/button';
import { CloseIcon } from '../ui/icons';

/** Lets links open pages only while the server answers; says so where it does not. */
export function GuardedLinks() {
  const t = useTranslations('shell');
  const router = useRouter();
  const path = usePathname();
  const isUnreachable = useIsUnreachable();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page was opened
  useEffect(forgetUnreachable, [path]);
  const onPress = useEffectEvent((event: MouseEvent) => {
    const href = pageOf(event);
    if (href === undefined || href === path) return;
    if (event.type === 'pointerdown') return preparePage();
    event.preventDefault();
    event.stopPropagation();
    void openPage(() => router.push(href));
  });
  useEffect(() => {
    // Before React's own listener, and with it the router's.
    const listen = (event: MouseEvent) => onPress(event);
    const types = ['pointerdown', 'click'] as const;
    for (const type of types) window.addEventListener(type, listen, { capture: true });
    return () => {
      for (const type of types) window.removeEventListener(type, listen, { capture: true });
    };
  }, []);
  return (
    <div role="status" className="fixed inset-x-3 top-[calc(var(--bar)+8px)] z-30 empty:hidden">
      {isUnreachable && (
        <div className="mx-auto flex w-fit max-w-full items-center gap-2 rounded-large bg-warn-soft py-2 pr-2 pl-3.5 text-warn shadow-floating">
          <p className="py-1">{t('unreachable')}</p>
          <IconButton label={t('close')} onClick={forgetUnreachable}>
            <CloseIcon size={16} aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}

/** The page that a click, or a press that may become one, opens in this tab; undefined for anything else. */
function pageOf(event: MouseEvent): string | undefined {
  const { target, button, ctrlKey, metaKey, shiftKey, altKey, defaultPrevented } = event;
  if (defaultPrevented || button !== 0 || ctrlKey || metaKey || shiftKey || altKey)
    return undefined;
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="/"]') : null;
  const isHere = link?.target === '' && !link.hasAttribute('download');
  return (isHere && link.getAttribute('href')) || undefined;
}
