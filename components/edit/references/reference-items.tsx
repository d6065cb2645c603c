'use client';
import type { KeyboardEvent, RefObject } from 'react';
import { removeReference, useEditReferences } from '@/lib/client/edit/edit-references';
import { listStep, useRovingItem } from '../../ui/focus';
import { useReorder } from '../../ui/use-reorder';
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

/** The thumbnails, as the first children of a list: they are moved by drag and by key. */
export function ReferenceItems({
  list,
  max,
  selectedId,
  onSelect,
  onMove,
}: {
  list: RefObject<HTMLUListElement | null>;
  /** How many the model takes. */
  max: number;
  selectedId: string | undefined;
  onSelect: (id: string | undefined) => void;
  onMove: (from: number, to: number) => void;
}) {
  const references = useEditReferences((state) => state.references);
  const count = references.length;
  const roving = useRovingItem({
    list,
    count,
    initial: 0,
    itemKey: (index) => references[index]?.id ?? '',
  });

  const { drag, handlers } = useReorder(list, count, onMove);

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const by = moves[event.key];
    if (event.altKey && !event.ctrlKey && !event.metaKey && by !== undefined) {
      // Alt with an arrow key leaves the page in some browsers.
      event.preventDefault();
      onMove(index, index + by);
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

  return references.map((reference, index) => (
    <ReferenceThumb
      key={reference.id}
      reference={reference}
      number={index + 1}
      isSurplus={index >= max}
      isSelected={reference.id === selectedId}
      isDragged={drag?.from === index}
      mark={dropMark(drag, index)}
      tabIndex={index === roving.index ? 0 : -1}
      handlers={{ ...handlers(index), ...roving.handlers }}
      onKeyDown={(event) => onKeyDown(event, index)}
      onSelect={() => {
        roving.choose(index);
        onSelect(reference.id === selectedId ? undefined : reference.id);
      }}
      onRemove={() => removeReference(reference.id)}
    />
  ));
}

/** On which side of an item the dragged one would come to stand. */
function dropMark(
  drag: { from: number; to: number } | undefined,
  index: number,
): 'before' | 'after' | undefined {
  if (!drag || drag.to !== index || drag.from === drag.to) return undefined;
  return drag.to < drag.from ? 'before' : 'after';
}
