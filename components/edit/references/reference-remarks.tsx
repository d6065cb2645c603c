'use client';
import { useTranslations } from 'use-intl/react';
import { referenceIntake } from '@/lib/client/edit/edit-intake';
import { useIntake } from '@/lib/client/references/intake-queue';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { RefusalList } from '../../controls/refusal-list';
import { MaskFateNote, Note, ReferenceNotes, RemovedNote } from './reference-notes';

/** What came that was no file at all. */
export type Stray = 'noPicture' | 'addressOnly';

/** All that there may be to say of the references: removed, refused, and what is wrong with the list. */
export function ReferenceRemarks({
  limits,
  stray,
  onStray,
}: {
  limits: IntakeLimits;
  stray: Stray | undefined;
  onStray: (what: Stray | undefined) => void;
}) {
  const t = useTranslations('references');
  const refused = useIntake(referenceIntake, (state) => state.refused);
  return (
    <>
      <RemovedNote />
      <MaskFateNote />
      <ReferenceNotes limits={limits} />
      <div role="status">{stray && <Note onClose={() => onStray(undefined)}>{t(stray)}</Note>}</div>
      <RefusalList
        items={refused}
        onOffer={(item, offer) => void referenceIntake.convert(item, offer, limits)}
        onDismiss={(item) => referenceIntake.dismiss(item.id)}
      />
    </>
  );
}
