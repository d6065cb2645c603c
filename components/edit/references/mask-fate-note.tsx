'use client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useEditReferences } from '@/lib/client/stores/use-edit-references';
import { type MaskFate, maskFate } from '@/lib/core/references/mask-fate';
import type { Reference } from '@/lib/core/references/reference';
import { Note } from './note';

/** After another picture has become the first: what becomes of the mask of the one before. */
export function MaskFateNote({ hasMask }: { hasMask: (maskId: string) => boolean }) {
  const t = useTranslations('references');
  const first = useEditReferences((state) => state.references[0]);
  const references = useEditReferences((state) => state.references);
  const replacedBy = useEditReferences((state) => state.removed.at(-1)?.replacedBy ?? null);
  const before = useRef<Reference>(undefined);
  const [note, setNote] = useState<{ fate: MaskFate; hasOwn: boolean }>();

  const look = useEffectEvent(() => {
    const was = before.current;
    before.current = first;
    const fate = was && maskFate({ before: was, after: references, replacedBy });
    if (!fate) return;
    const isWorthSaying = fate.kind !== 'taken' && hasMask(was.maskId);
    setNote(isWorthSaying ? { fate, hasOwn: !!first && hasMask(first.maskId) } : undefined);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another first one matters
  useEffect(() => look(), [first?.id]);

  return (
    <div role="status">
      {note && note.fate.kind !== 'taken' && (
        <Note onClose={() => setNote(undefined)}>
          {t(`mask.${note.fate.kind}`, 'number' in note.fate ? { number: note.fate.number } : {})}
          {note.hasOwn && ` ${t('mask.own')}`}
        </Note>
      )}
    </div>
  );
}
