'use client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { editReferencesStore } from '@/lib/client/stores/edit-references';
import { type MaskFate, maskFate } from '@/lib/core/references/mask-fate';
import { Note } from './note';

type State = ReturnType<typeof editReferencesStore.getState>;

/** After another picture has become the first: what becomes of the mask of the one before. */
export function MaskFateNote({ hasMask }: { hasMask: (maskId: string) => boolean }) {
  const t = useTranslations('references');
  /** Masks that were painted on while their picture was the first. */
  const painted = useRef(new Set<string>());
  const [note, setNote] = useState<{ fate: MaskFate; hasOwn: boolean }>();

  // At the change itself: once the page has followed it, the mask before is closed.
  const look = useEffectEvent(({ references, removed }: State, { references: earlier }: State) => {
    const [before] = earlier;
    const [first] = references;
    if (!before || before.id === first?.id) return;
    if (hasMask(before.maskId)) painted.current.add(before.maskId);
    else painted.current.delete(before.maskId);
    const replacedBy = removed.at(-1)?.replacedBy ?? null;
    const fate = maskFate({ before, after: references, replacedBy });
    const isWorthSaying = fate && fate.kind !== 'taken' && painted.current.has(before.maskId);
    const hasOwn = first !== undefined && painted.current.has(first.maskId);
    setNote(isWorthSaying ? { fate, hasOwn } : undefined);
  });
  useEffect(() => editReferencesStore.subscribe((state, before) => look(state, before)), []);

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
