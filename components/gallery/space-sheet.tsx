'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { trashedCards } from '@/lib/client/gallery/removal';
import { keepForGood, loadSpace } from '@/lib/client/gallery/space';
import type { Tile } from '@/lib/core/gallery/tiles';
import { formatBytes } from '@/lib/i18n/formats';
import { Button } from '../ui/button';
import { Sheet } from '../ui/sheet';
import { EmptyTrashButton } from './empty-trash-button';

type Space = Awaited<ReturnType<typeof loadSpace>>;

const kinds = ['made', 'added', 'mask', 'derived', 'copies'] as const;
const dayMs = 24 * 60 * 60 * 1000;
const ages = [30, 90, 365] as const;

/** What this browser stores, and what can go: Trash first, then what has no star, by age. Nothing goes unasked. */
export function SpaceSheet({
  unstarred,
  onRemove,
  onClose,
}: {
  /** The pictures without a star, of which the old ones can go. */
  unstarred: readonly Tile[];
  onRemove: (tiles: readonly Tile[]) => void;
  onClose: () => void;
}) {
  const t = useTranslations('gallery.space');
  const shell = useTranslations('shell');
  const locale = useLocale();
  const sheet = useRef<HTMLDialogElement>(null);
  const [space, setSpace] = useState<Space | 'failed'>();
  const [trashed, setTrashed] = useState(0);
  const [isRefused, setRefused] = useState(false);
  const load = useCallback(async () => {
    try {
      setTrashed((await trashedCards()).length);
      setSpace(await loadSpace());
    } catch {
      setSpace('failed');
    }
  }, []);
  useEffect(() => {
    sheet.current?.showModal();
    void load();
  }, [load]);
  const old = (days: number) => unstarred.filter(({ card }) => card.at < Date.now() - days * dayMs);

  return (
    <Sheet ref={sheet} title={t('title')} closeLabel={shell('close')} onClose={onClose}>
      {space === undefined && <p className="text-muted">{t('counting')}</p>}
      {space === 'failed' && <p className="text-error">{t('unknown')}</p>}
      {space && space !== 'failed' && (
        <>
          <dl className="grid gap-1.5">
            {kinds.map((kind) => (
              <div key={kind} className="flex justify-between gap-4">
                <dt>{t(`kind.${kind}`)}</dt>
                <dd className="text-muted">
                  {t('files', {
                    bytes: formatBytes(space.used[kind].bytes, locale),
                    count: space.used[kind].files,
                  })}
                </dd>
              </div>
            ))}
          </dl>
          <p className="mt-3 text-small text-muted">
            {space.left === undefined
              ? t('leftUnknown')
              : t('left', { bytes: formatBytes(space.left, locale) })}
          </p>
          <Keeping
            isForGood={space.isForGood}
            isRefused={isRefused}
            onKeep={async () => {
              setRefused(!(await keepForGood()));
              await load();
            }}
          />
        </>
      )}
      <h3 className="mt-4 mb-2 font-medium">{t('room')}</h3>
      <div className="grid justify-items-start gap-2">
        <EmptyTrashButton
          label={t('emptyTrash', { count: trashed })}
          why={trashed === 0 ? t('trashEmpty') : undefined}
          onEnd={() => void load()}
        />
        {ages.map((days) => {
          const tiles = old(days);
          return (
            tiles.length > 0 && (
              <Button
                key={days}
                onClick={() => {
                  onRemove(tiles);
                  sheet.current?.close();
                }}
              >
                {t('removeOld', { days, count: tiles.length })}
              </Button>
            )
          );
        })}
      </div>
    </Sheet>
  );
}

/** Whether the browser may delete all of it by itself, and the button that asks it not to. */
function Keeping({
  isForGood,
  isRefused,
  onKeep,
}: {
  isForGood: boolean | undefined;
  isRefused: boolean;
  onKeep: () => void;
}) {
  const t = useTranslations('gallery.space');
  if (isForGood === undefined) return null;
  if (isForGood) return <p className="mt-2 text-small text-muted">{t('forGood')}</p>;
  return (
    <div className="mt-2">
      <Button onClick={onKeep}>{t('keep')}</Button>
      <p className="mt-1 text-small text-muted">{t(isRefused ? 'refused' : 'keepHint')}</p>
    </div>
  );
}
