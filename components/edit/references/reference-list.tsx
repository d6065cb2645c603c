'use client';
import { type ComponentProps, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { referenceIntake } from '@/lib/client/edit/edit-intake';
import {
  addFromPicture,
  moveReference,
  useEditReferences,
} from '@/lib/client/edit/edit-references';
import { useIntake } from '@/lib/client/references/intake-queue';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { laterPart } from '../../controls/later-part';
import { PicturePicker } from '../../gallery/picture-picker';
import { ImagesIcon, PlusIcon, SpinnerIcon } from '../../ui/icons';

const ReferenceItems = laterPart(async () => (await import('./reference-items')).ReferenceItems);
const ReferenceDetails = laterPart(
  async () => (await import('./reference-details')).ReferenceDetails,
);

/** The thumbnails in their order, those that are still being read, and the way to add more. */
export function ReferenceList({ limits, onAdd }: { limits: IntakeLimits; onAdd: () => void }) {
  const t = useTranslations('references');
  const references = useEditReferences((state) => state.references);
  const pending = useIntake(referenceIntake, (state) => state.pending);
  const list = useRef<HTMLUListElement>(null);
  const [selectedId, setSelectedId] = useState<string>();
  const [spoken, setSpoken] = useState('');
  const count = references.length;
  // Once it is there it stays, and sees where the focus goes when the last picture goes.
  const areItemsThere = ReferenceItems.useIsThere();
  const move = (from: number, to: number) => {
    const reference = references[from];
    const place = Math.min(count - 1, Math.max(0, to));
    if (!reference || place === from) return;
    moveReference(reference.id, place);
    const name = reference.name || t('unnamed');
    setSpoken(t('moved', { name, number: place + 1, count }));
  };
  const selected = references.findIndex(({ id }) => id === selectedId);
  const details = references[selected];
  return (
    <>
      <ul ref={list} data-references className="grid grid-cols-4 gap-2">
        {(areItemsThere || count > 0) && (
          <ReferenceItems
            list={list}
            max={limits.max}
            selectedId={selectedId}
            onSelect={setSelectedId}
            onMove={move}
          />
        )}
        {pending.map(({ id, name }) => (
          <li
            key={id}
            className="grid aspect-square breathe place-items-center rounded-small bg-place"
          >
            <SpinnerIcon size={16} aria-hidden className="animate-spin text-muted" />
            <span className="sr-only">{t('reading', { name: name || t('unnamed') })}</span>
          </li>
        ))}
        <li>
          <AddTile label={t('add')} max={limits.max} count={count} onClick={onAdd}>
            <PlusIcon size={16} aria-hidden />
          </AddTile>
        </li>
        <li>
          <PicturePicker
            limits={limits}
            onAdd={addFromPicture}
            button={(open) => (
              <AddTile
                label={t('recent.open')}
                max={limits.max}
                count={count}
                aria-haspopup="dialog"
                onClick={open}
              >
                <ImagesIcon size={16} aria-hidden />
              </AddTile>
            )}
          />
        </li>
      </ul>
      <p role="status" className="sr-only">
        {spoken}
      </p>
      {details && (
        <ReferenceDetails
          reference={details}
          number={selected + 1}
          count={count}
          limits={limits}
          onMove={(by) => move(selected, selected + by)}
        />
      )}
    </>
  );
}

/** A way to add pictures, in the look of an empty place. */
function AddTile({
  label,
  max,
  count,
  ...rest
}: ComponentProps<'button'> & { label: string; max: number; count: number }) {
  const t = useTranslations('references');
  const isFull = count >= max;
  return (
    <button
      type="button"
      aria-label={label}
      title={isFull ? t('full', { max }) : label}
      // Where the focus goes when the last picture goes.
      tabIndex={0}
      className="grid aspect-square w-full place-items-center rounded-small border border-line-strong border-dashed text-muted transition-colors hover:border-faint hover:text-text"
      // It stays in reach of the keyboard, and says by a refusal why not.
      aria-disabled={isFull}
      {...rest}
    />
  );
}
