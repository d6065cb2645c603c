'use client';
import type { ComponentProps, KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl/react';
import { useFirstMask } from '@/lib/client/edit/first-mask-store';
import { type MaskSession, useMaskSession } from '@/lib/client/edit/mask-session';
import { useBlobUrl } from '@/lib/client/pictures/picture-files';
import { loadThumbnail } from '@/lib/client/pictures/picture-jobs';
import { isStoredUpright, type Reference } from '@/lib/core/references/reference';
import { AlertIcon, CloseIcon } from '../../ui/icons';

const marks = {
  before: 'before:absolute before:inset-y-0 before:-left-[5px] before:w-0.5 before:bg-accent',
  after: 'before:absolute before:inset-y-0 before:-right-[5px] before:w-0.5 before:bg-accent',
};

/** One reference, small: its number, what is special of it, and the way to take it off. */
export function ReferenceThumb({
  reference,
  number,
  isSurplus,
  isSelected,
  isDragged,
  mark,
  tabIndex,
  handlers,
  onKeyDown,
  onSelect,
  onRemove,
}: {
  reference: Reference;
  number: number;
  /** The model takes fewer. */
  isSurplus: boolean;
  isSelected: boolean;
  isDragged: boolean;
  /** Where a dragged one would come to stand. */
  mark: keyof typeof marks | undefined;
  tabIndex: number;
  handlers: ComponentProps<'li'>;
  onKeyDown: (event: KeyboardEvent) => void;
  onSelect: () => void;
  onRemove: () => void;
}) {
  const { id, hash, name, maskId } = reference;
  const t = useTranslations('references');
  const url = useBlobUrl(hash, loadThumbnail);
  const shownName = name || t('unnamed');
  const isFirst = number === 1;
  const ring = isSelected ? 'ring-2 ring-text' : isFirst ? 'ring-2 ring-accent' : '';
  const isTurned = !isStoredUpright(reference);
  return (
    <li
      {...handlers}
      className={`group/thumb relative select-none [-webkit-touch-callout:none] ${mark ? marks[mark] : ''} ${isDragged ? 'z-10 cursor-grabbing opacity-80 shadow-floating' : ''}`}
    >
      <button
        type="button"
        data-testid="ref-thumb"
        data-reference={id}
        aria-label={t('alt', { number, name: shownName })}
        aria-expanded={isSelected}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Delete"
        title={`${shownName} · ${t('keys')}`}
        tabIndex={tabIndex}
        className={`relative block aspect-square w-full overflow-hidden rounded-small bg-place ${ring} ${isSurplus ? 'opacity-40' : ''}`}
        onKeyDown={onKeyDown}
        onClick={onSelect}
      >
        {url && (
          // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
          <img
            src={url}
            alt=""
            draggable={false}
            className={`absolute inset-0 size-full object-cover ${reference.header.hasAlpha ? 'checkerboard' : ''}`}
          />
        )}
        {url === null && <AlertIcon size={16} aria-hidden className="mx-auto text-error" />}
        <span
          className={`absolute top-1 left-1 min-w-4 rounded-[4px] px-1 text-center text-small ${isFirst ? 'bg-accent text-accent-text' : 'bg-glass text-white'}`}
        >
          {number}
        </span>
        <span className="absolute inset-x-1 bottom-1 flex flex-wrap gap-0.5">
          <MaskBadge maskId={maskId} />
          {isTurned && <Badge>{t('badge.turned')}</Badge>}
        </span>
      </button>
      <button
        type="button"
        // The Delete key does the same, and so does a button below, once the picture is chosen.
        tabIndex={-1}
        aria-label={t('remove', { name: shownName })}
        title={t('remove', { name: shownName })}
        className="absolute top-0 right-0 grid size-6 content-start justify-end rounded-small p-[3px] text-white opacity-0 group-hover/thumb:opacity-100 group-focus-within/thumb:opacity-100 no-hover:opacity-100"
        onClick={onRemove}
      >
        <span className="grid size-[18px] place-items-center rounded-[4px] bg-glass">
          <CloseIcon size={12} aria-hidden />
        </span>
      </button>
    </li>
  );
}

/** Marks the picture whose mask is painted on, once anything is. */
function MaskBadge({ maskId }: { maskId: string }) {
  const session = useFirstMask((state) => state.session);
  return session?.id === maskId ? <PaintedBadge session={session} /> : null;
}

function PaintedBadge({ session }: { session: MaskSession }) {
  const t = useTranslations('references');
  const isPainted = useMaskSession(session, (state) => state.share > 0);
  return isPainted ? <Badge>{t('badge.mask')}</Badge> : null;
}

/** A word on a thumbnail. */
function Badge({ children }: { children: string }) {
  return (
    <span className="truncate rounded-[4px] bg-glass px-1 text-small text-white">{children}</span>
  );
}
