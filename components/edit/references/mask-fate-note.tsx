'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { editReferencesStore } from '@/lib/client/edit/edit-references';
import { hasMask } from '@/lib/client/edit/first-mask';
import type { MaskSession } from '@/lib/client/edit/mask-session';
import { useFirstMask } from '@/lib/client/edit/use-first-mask';
import { useMaskSession } from '@/lib/client/edit/use-mask-session';
import { type MaskFate, maskFate } from '@/lib/core/references/mask-fate';
import { Note } from './note';

type State = ReturnType<typeof editReferencesStore.getState>;

/** After another picture has become the first: what becomes of the mask of the one before. */
export function MaskFateNote() {
  const t = useTranslations('references');
  const session = useFirstMask((state) => state.session);
  const [fate, setFate] = useState<MaskFate>();

  const look = useEffectEvent((state: State, earlier: State) => {
    const { references, removed } = state;
    const [before] = earlier.references;
    const [first] = references;
    if (!before || before.id === first?.id) return;
    // Undo is no fate, and what was taken off earlier has nothing to do with this.
    const isBack = removed.length < earlier.removed.length;
    const last = removed === earlier.removed ? undefined : removed.at(-1);
    const next = maskFate(before, references, last?.replacedBy ?? null);
    // Where all was put aside, or the new one begins with the same mask, that is said elsewhere.
    const isSaid = isBack || state.putAside !== earlier.putAside || last?.isMaskTaken === true;
    setFate(next && !isSaid && hasMask(before.maskId) ? next : undefined);
  });
  useEffect(() => editReferencesStore.subscribe((state, before) => look(state, before)), []);

  return (
    <div role="status">
      {fate && (
        <Note onClose={() => setFate(undefined)}>
          {t(`mask.${fate.kind}`, 'number' in fate ? { number: fate.number } : {})}
          {session && <OwnMask session={session} />}
        </Note>
      )}
    </div>
  );
}

/** That what is the first picture now has a mask, too: known once that is open. */
function OwnMask({ session }: { session: MaskSession }) {
  const t = useTranslations('references');
  const isPainted = useMaskSession(session, (state) => state.share > 0);
  return isPainted ? ` ${t('mask.own')}` : null;
}
