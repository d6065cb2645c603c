'use client';
import { useTranslations } from 'use-intl/react';
import { useEditReferences } from '@/lib/client/edit/use-edit-references';
import { useFirstMask } from '@/lib/client/edit/use-first-mask';
import { MaskPainter } from './painter/mask-painter';
import { StartPicture } from './start-picture';

/** The first reference, large, with its mask to paint on it. */
export function EditStage() {
  const t = useTranslations('edit');
  const picture = useTranslations('picture');
  const isEmpty = useEditReferences((state) => state.references.length === 0);
  const session = useFirstMask((state) => state.session);
  const isGone = useFirstMask((state) => state.isGone);
  const choose = () => document.querySelector<HTMLElement>('[data-testid="ref-input"]')?.click();
  return (
    <section
      aria-label={t('stage')}
      className="relative min-w-0 bg-sunken max-wide:order-first max-wide:h-[calc(76dvh-var(--bar))] max-columns:h-[calc(100dvh-var(--bar)-96px)] max-columns:shrink-0 columns:flex-1"
    >
      {isEmpty && <StartPicture onChoose={choose} />}
      {session && <MaskPainter key={session.id} session={session} />}
      {isGone && (
        <p role="alert" data-testid="problem" className="p-6 text-center text-muted">
          {picture('gone')}
        </p>
      )}
    </section>
  );
}
