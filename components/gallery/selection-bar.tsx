'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Tile } from '@/lib/core/gallery/tiles';
import { Button, IconButton } from '../ui/button';
import {
  CloseIcon,
  CompareIcon,
  DownloadIcon,
  SpinnerIcon,
  StarIcon,
  TagIcon,
  TrashIcon,
  UndoIcon,
} from '../ui/icons';
import type { ActionNotice, TileActions } from './use-tile-actions';

/** How many pictures can be compared at once. */
export const mostCompared = 4;

/** What can be done with all that is selected. */
export function SelectionBar({
  tiles,
  actions,
  isTrash,
  onLabel,
  onCompare,
  onClear,
}: {
  tiles: readonly Tile[];
  actions: TileActions;
  isTrash: boolean;
  onLabel: () => void;
  onCompare: () => void;
  onClear: () => void;
}) {
  const t = useTranslations('gallery');
  const count = tiles.reduce((sum, { pictures }) => sum + Math.max(1, pictures.length), 0);
  const withPictures = tiles.filter(({ picture }) => picture).length;
  const canCompare = withPictures >= 2 && withPictures <= mostCompared;
  return (
    <section
      aria-label={t('selection.label')}
      className="flex shrink-0 items-center gap-1.5 overflow-x-auto border-t border-line bg-panel px-4 py-2 pb-[max(8px,env(safe-area-inset-bottom))] max-wide:px-2"
    >
      <IconButton label={t('selection.clear')} onClick={onClear}>
        <CloseIcon size={17} aria-hidden />
      </IconButton>
      <p role="status" className="mr-auto whitespace-nowrap font-medium">
        {t('selection.count', { count })}
      </p>
      {isTrash ? (
        <Action
          icon={<UndoIcon size={15} aria-hidden />}
          label={t('selection.restore')}
          onClick={() => {
            actions.restore(tiles);
            onClear();
          }}
        />
      ) : (
        <>
          <Action
            icon={<StarIcon size={15} aria-hidden />}
            label={t('selection.star')}
            onClick={() => actions.star(tiles)}
          />
          <Action
            icon={<TagIcon size={15} aria-hidden />}
            label={t('selection.tag')}
            why={withPictures > 0 ? undefined : t('selection.tagWhy')}
            onClick={onLabel}
          />
          <Action
            icon={<CompareIcon size={15} aria-hidden />}
            label={t('selection.compare')}
            why={canCompare ? undefined : t('selection.compareWhy', { most: mostCompared })}
            onClick={onCompare}
          />
          <Action
            icon={
              actions.isPacking ? (
                <SpinnerIcon size={15} aria-hidden className="animate-spin" />
              ) : (
                <DownloadIcon size={15} aria-hidden />
              )
            }
            label={t('selection.download')}
            onClick={() => actions.download(tiles)}
          />
          <Action
            icon={<TrashIcon size={15} aria-hidden />}
            label={t('selection.remove')}
            onClick={() => actions.remove(tiles)}
          />
        </>
      )}
    </section>
  );
}

function Action({
  icon,
  label,
  why,
  onClick,
}: {
  icon: ReactNode;
  label: string;
  why?: string;
  onClick: () => void;
}) {
  return (
    <Button why={why} {...(why === undefined && { onClick })} title={why ?? label}>
      {icon}
      <span className="max-roomy:sr-only">{label}</span>
    </Button>
  );
}

/** What was done last; most of it can be undone. */
export function DoneNotice({
  notice,
  onDismiss,
}: {
  notice: ActionNotice | null;
  onDismiss: () => void;
}) {
  const t = useTranslations('gallery.done');
  return (
    <div role="status" className="pointer-events-none absolute inset-x-3 bottom-16 z-10">
      {notice && (
        <div className="pointer-events-auto mx-auto flex w-fit max-w-full items-center gap-2 rounded-large border border-line bg-panel py-1.5 pr-1.5 pl-3.5 shadow-floating">
          <p className="py-1">{notice.text}</p>
          {notice.undo && (
            <Button
              onClick={() => {
                notice.undo?.();
                onDismiss();
              }}
            >
              <UndoIcon size={14} aria-hidden />
              {t('undo')}
            </Button>
          )}
          <IconButton label={t('dismiss')} onClick={onDismiss}>
            <CloseIcon size={16} aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}
