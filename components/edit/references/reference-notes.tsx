'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { convertReference } from '@/lib/client/edit/edit-intake';
import { forgetSentFirst } from '@/lib/client/edit/edit-references';
import { useEditReferences } from '@/lib/client/edit/use-edit-references';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { findMisfits, type Misfit } from '@/lib/core/references/misfits';
import { Button } from '../../ui/button';
import { Note } from './note';

/** What holds of the list as it is: pictures that the model does not take, or that are gone. */
export function ReferenceNotes({ limits }: { limits: IntakeLimits }) {
  const t = useTranslations('references');
  const references = useEditReferences((state) => state.references);
  const lost = useEditReferences((state) => state.lost);
  const unkept = useEditReferences((state) => state.unkept);
  const isShared = useEditReferences((state) => state.isShared);
  const [isSharedClosed, setSharedClosed] = useState(false);
  const misfits = findMisfits(references, limits);
  const surplus = misfits.filter(({ reason }) => reason === 'count').map(({ number }) => number);
  const sentFirst = useEditReferences((state) => state.sentFirst);
  const isSentFirst = references.length > 1 && references[0]?.id === sentFirst;
  const isTurned = (references[0]?.header.orientation ?? 1) !== 1;
  return (
    <div role="status">
      {isSentFirst && <Note onClose={forgetSentFirst}>{t('sentFirst')}</Note>}
      {isTurned && <Note>{t('turnedFirst')}</Note>}
      {surplus.length > 0 && (
        <Note look="warn">{t('tooMany', { max: limits.max, numbers: surplus.join(', ') })}</Note>
      )}
      {misfits.map((misfit) => (
        <MisfitNote key={misfit.number} misfit={misfit} limits={limits} />
      ))}
      {references.map(
        ({ id, hash, name }, index) =>
          lost.includes(hash) && (
            <Note key={id} look="warn">
              {t('lost', { number: index + 1, name: name || t('unnamed') })}
            </Note>
          ),
      )}
      {references.some(({ hash }) => unkept.includes(hash)) && (
        <Note look="warn">
          {t('unkept', {
            numbers: references
              .flatMap(({ hash }, index) => (unkept.includes(hash) ? [index + 1] : []))
              .join(', '),
          })}
        </Note>
      )}
      {isShared && !isSharedClosed && (
        <Note onClose={() => setSharedClosed(true)}>{t('shared')}</Note>
      )}
    </div>
  );
}

function MisfitNote({ misfit, limits }: { misfit: Misfit; limits: IntakeLimits }) {
  const t = useTranslations('references');
  const references = useEditReferences((state) => state.references);
  if (misfit.reason === 'count') return null;
  const { number, offer } = misfit;
  const id = references[number - 1]?.id ?? '';
  return (
    <Note look="warn">
      {misfit.reason === 'format'
        ? t('misfit.format', { number, format: misfit.format.toUpperCase() })
        : t('misfit.bytes', {
            number,
            byteLength: misfit.byteLength,
            maxBytes: limits.maxBytes,
          })}
      <span className="mt-1 block">
        <Button onClick={() => void convertReference(id, offer, limits)}>
          {t(`offer.${offer}`)}
        </Button>
      </span>
    </Note>
  );
}
