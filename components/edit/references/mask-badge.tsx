import { useTranslations } from 'use-intl/react';
import type { MaskSession } from '@/lib/client/edit/mask-session';
import { useFirstMask } from '@/lib/client/edit/use-first-mask';
import { useMaskSession } from '@/lib/client/edit/use-mask-session';

/** Marks the picture whose mask is painted on, once anything is. */
export function MaskBadge({ maskId }: { maskId: string }) {
  const session = useFirstMask((state) => state.session);
  return session?.id === maskId ? <PaintedBadge session={session} /> : null;
}

function PaintedBadge({ session }: { session: MaskSession }) {
  const t = useTranslations('references');
  const isPainted = useMaskSession(session, (state) => state.share > 0);
  return isPainted ? <Badge>{t('badge.mask')}</Badge> : null;
}

/** A word on a thumbnail. */
export function Badge({ children }: { children: string }) {
  return (
    <span className="truncate rounded-[4px] bg-glass px-1 text-tiny text-white">{children}</span>
  );
}
