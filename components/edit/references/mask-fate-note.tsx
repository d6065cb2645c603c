'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { editReferencesStore } from '@/lib/client/stores/edit-references';
import { hasMask } from '@/lib/client/stores/first-mask';
import { type MaskFate, maskFate } from '@/lib/core/references/mask-fate';
import { Note } from './note';

type State = ReturnType<typeof editReferencesStore.getState>;

/** After another picture has become the first: what becomes of the mask of the one before. */
export function MaskFateNote() {
  const t = useTranslations('references');
  const [note, setNote] = useState<{ fate: MaskFate; hasOwn: boolean }>();

  const look = useEffectEvent((state: State, earlier: State) => {
    const { references, removed } = state;
    const [before] = earlier.references;
    const [first] = references;
    if (!before || before.id === first?.id) return;
    // Undo is no fate, and what was taken off earlier has nothing to do with this.
    const isBack = removed.length < earlier.removed.length;
    const last = removed === earlier.removed ? undefined : removed.at(-1);
    const fate = maskFate({ before, after: references, replacedBy: last?.replacedBy ?? null });
    // Where all was put aside, or the new one begins with the same mask, that is said elsewhere.
    const isSaid = isBack || state.putAside !== earlier.putAside || last?.isMaskTaken === true;
    const hasOwn = first !== undefined && hasMask(first.maskId);
    setNote(fate && !isSaid && hasMask(before.maskId) ? { fate, hasOwn } : undefined);
  });
  useEffect(() => editReferencesStore.subscribe((state, before) => look(state, before)), []);

  return (
    <div role="status">
      {note && (
        <Note onClose={() => setNote(undefined)}>
          {t(`mask.${note.fate.kind}`, 'number' in note.fate ? { number: note.fate.number } : {})}
          {note.hasOwn && ` ${t('mask.own')}`}
        </Note>
      )}
    </div>
  );
}
