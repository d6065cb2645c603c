'use client';
import { type RefObject, useEffect, useId, useImperativeHandle, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { referenceIntake } from '@/lib/client/edit/edit-intake';
import { addFromPicture, useEditReferences } from '@/lib/client/edit/edit-references';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { formatBytes, megabytesOf } from '@/lib/i18n/formats';
import { DropOverlay, useFileIntake } from '../../controls/file-intake';
import { laterPart } from '../../controls/later-part';
import { FieldHead } from '../../ui/field';
import { ReferenceList } from './reference-list';
import type { Stray } from './reference-remarks';

const ReferenceRemarks = laterPart(
  async () => (await import('./reference-remarks')).ReferenceRemarks,
);

/** The reference pictures: numbered, taken in by drop, paste and pick, put in order. */
export function ReferencesPanel({
  limits,
  openPicker,
}: {
  limits: IntakeLimits;
  openPicker: RefObject<(() => void) | null>;
}) {
  const t = useTranslations('references');
  const locale = useLocale();
  const id = useId();
  const references = useEditReferences((state) => state.references);
  const [stray, setStray] = useState<Stray>();
  const take = (files: File[]) => {
    setStray(undefined);
    referenceIntake.enqueueAll(files, limits, { replaces: null });
  };
  const drop = useFileIntake({ onFiles: take, onPicture: addFromPicture, onStray: setStray });
  // Once they are there they stay, so that what comes into them is read out.
  const areRemarksThere = ReferenceRemarks.useIsThere();
  useImperativeHandle(openPicker, () => drop.open);
  // Notes of a page do not outlive it.
  useEffect(() => referenceIntake.dismissAll, []);
  const bytes = references.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return (
    <section aria-labelledby={id}>
      <FieldHead
        id={id}
        label={t('title')}
        aside={
          <span>
            {t('count', { count: references.length, max: limits.max })}
            {bytes > 0 && ` · ${formatBytes(bytes, locale)}`}
          </span>
        }
      />
      <ReferenceList limits={limits} onAdd={drop.open} />
      {/* The button above opens it, for everybody. */}
      <input {...drop.inputProps} data-testid="ref-input" aria-label={t('add')} />
      <p className="mt-1.5 text-small text-muted">
        {t('hint', { max: megabytesOf(limits.maxBytes) })}
      </p>
      {(areRemarksThere || stray || references.length > 0) && (
        <ReferenceRemarks limits={limits} stray={stray} onStray={setStray} />
      )}
      <DropOverlay zone={drop.zone} label={t('drop')} />
    </section>
  );
}
