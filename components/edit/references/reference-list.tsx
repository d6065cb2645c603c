'use client';
import { type ComponentProps, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { referenceIntake } from '@/lib/client/edit/edit-intake';
import {
  addFromPicture,
  moveReference,
  removeReference,
  useEditReferences,
} from '@/lib/client/edit/edit-references';
import { useIntake } from '@/lib/client/references/intake-queue';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { PicturePicker } from '../../gallery/picture-picker';
import { listStep, useRovingItem } from '../../ui/focus';
import { ImagesIcon, PlusIcon, SpinnerIcon } from '../../ui/icons';
import { useReorder } from '../../ui/use-reorder';
import { ReferenceDetails } from './reference-details';
import { ReferenceThumb } from './reference-thumb';

const columns = 4;
/** How far a key takes a picture in the list, with Alt. */
const moves: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -columns,
  ArrowDown: columns,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The thumbnails in their order, those that are still being read, and the way to add more. */
export function ReferenceList({ limits, onAdd }: { limits: IntakeLimits; onAdd: () => void }) {
  const t = useTranslations('references');
  const references = useEditReferences((state) => state.references);
  const pending = useIntake(referenceIntake, (state) => state.pending);
  const list = useRef<HTMLUListElement>(null);
  const [selectedId, setSelectedId] = useState<string>();
  const [spoken, setSpoken] = useState('');
  const count = references.length;
  const roving = useRovingItem({
    list,
    count,
    initial: 0,
    itemKey: (index) => references[index]?.id ?? '',
  });

  const move = (from: number, to: number) => {
    const reference = references[from];
    const place = Math.min(count - 1, Math.max(0, to));
    if (!reference || place === from) return;
    moveReference(reference.id, place);
    const name = reference.name || t('unnamed');
    setSpoken(t('moved', { name, number: place + 1, count }));
  };
  const { drag, handlers } = useReorder(list, count, move);

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const by = moves[event.key];
    if (event.altKey && !event.ctrlKey && !event.metaKey && by !== undefined) {
      // Alt with an arrow key leaves the page in some browsers.
      event.preventDefault();
      move(index, index + by);
      return;
    }
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      removeReference(references[index]?.id ?? '');
      return;
    }
    const to = listStep({ event, index, count, page: columns });
    if (to === undefined) return;
    event.preventDefault();
    roving.focus(to);
  };

  const selected = references.findIndex(({ id }) => id === selectedId);
  const details = references[selected];
  return (
    <>
      <ul ref={list} data-references className="grid grid-cols-4 gap-2">
        {references.map((reference, index) => (
          <ReferenceThumb
            key={reference.id}
            reference={reference}
            number={index + 1}
            isSurplus={index >= limits.max}
            isSelected={index === selected}
            isDragged={drag?.from === index}
            mark={dropMark(drag, index)}
            tabIndex={index === roving.index ? 0 : -1}
            handlers={{ ...handlers(index), ...roving.handlers }}
            onKeyDown={(event) => onKeyDown(event, index)}
            onSelect={() => {
              roving.choose(index);
              setSelectedId(reference.id === selectedId ? undefined : reference.id);
            }}
            onRemove={() => removeReference(reference.id)}
          />
        ))}
        {pending.map(({ id, name }) => (
          <li
            key={id}
            className="grid aspect-square animate-breathe place-items-center rounded-small bg-place"
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

/** On which side of an item the dragged one would come to stand. */
function dropMark(
  drag: { from: number; to: number } | undefined,
  index: number,
): 'before' | 'after' | undefined {
  if (!drag || drag.to !== index || drag.from === drag.to) return undefined;
  return drag.to < drag.from ? 'before' : 'after';
}
