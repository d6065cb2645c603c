'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { requirePicture, usePictureUrls } from '@/lib/client/pictures/picture-files';
import { sentRun } from '@/lib/client/runs/sent-run';
import { expectedPicture } from '@/lib/core/chat/settings';
import type { CellPicture } from '@/lib/core/experiments/cell-state';
import type { Model } from '@/lib/core/models/model';
import { expectationOf, uprightSize } from '@/lib/core/pictures/stored-picture';
import { PictureDetails } from '../../controls/details/picture-details';
import { PictureFacts } from '../../controls/picture-facts';
import Viewer from '../../controls/viewer/viewer';
import { LineageStrip } from '../../runs/lineage-strip';
import { buttonClasses } from '../../ui/button';
import { fileNameOf, PictureActions, RequestActions } from './cell-actions';

/** A picture of the grid, and how people know it. */
export interface NamedCellPicture extends CellPicture {
  label: string;
}

/** Which picture of the grid is viewed: the index of its combination in the plan, and its place there. */
export interface ViewedCell {
  cell: number;
  page: number;
}

/** The pictures of the grid in the whole window, from one combination to the next. */
export function CellViewer({
  cells,
  viewed,
  picturesOf,
  values,
  models,
  onView,
  onClose,
}: {
  /** The combinations that have pictures, as the grid shows them, by their index in the plan. */
  cells: readonly number[];
  viewed: ViewedCell;
  picturesOf: (cell: number) => readonly NamedCellPicture[];
  /** The values of a combination, for the panel of details. */
  values: (cell: number) => ReactNode;
  models: readonly Model[];
  onView: (viewed: ViewedCell) => void;
  onClose: () => void;
}) {
  const t = useTranslations('experiments.grid');
  const placesOf = (cell: number | undefined) =>
    cell === undefined
      ? []
      : picturesOf(cell).map((shown, page) => ({ ...shown, place: { cell, page } }));
  const here = cells.indexOf(viewed.cell);
  const own = placesOf(viewed.cell);
  // Only what is next to it, so that few files are held.
  const near = [
    ...placesOf(cells[here - 1]).slice(-1),
    ...own,
    ...placesOf(cells[here + 1]).slice(0, 1),
  ];
  const page = Math.min(viewed.page, own.length - 1);
  const at = near.findIndex(({ place }) => place.cell === viewed.cell && place.page === page);
  const urls = usePictureUrls(near.map(({ picture }) => picture.hash));
  if (at === -1 || urls.size === 0) return null;
  const pageOf = ({ cell, page }: ViewedCell) => {
    const count = picturesOf(cell).length;
    return count > 1 ? t('page', { number: page + 1, count }) : '';
  };
  return (
    <Viewer
      pictures={near.map((shown) => {
        const { cell, index, picture, label, place } = shown;
        const size = picture.header && uprightSize(picture.header);
        const number = cells.indexOf(place.cell) + 1;
        return {
          id: `${cell.id} ${index}`,
          group: `${place.cell}`,
          position: [t('position', { number, count: cells.length, label }), pageOf(place)]
            .filter(Boolean)
            .join(' · '),
          prompt: cell.request.prompt,
          url: urls.get(picture.hash) ?? '',
          alt: label,
          fileName: fileNameOf(shown),
          facts: (
            <PictureFacts
              header={picture.header}
              byteLength={picture.byteLength}
              isTransparent={picture.isTransparent}
              expected={expectedOf(shown, models)}
            />
          ),
          hasAlpha: picture.header?.hasAlpha === true,
          width: size?.width,
          height: size?.height,
          getBlob: () => requirePicture(picture.hash),
        };
      })}
      index={at}
      onIndex={(to) => near[to] && onView(near[to].place)}
      onClose={onClose}
      details={(of) => {
        const shown = near[of];
        if (!shown) return null;
        const { cell, picture, place } = shown;
        const expected = expectedOf(shown, models);
        return (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
            {values(place.cell)}
            <PictureDetails picture={{ ...picture, expected, sent: sentRun(cell) }}>
              <LineageStrip hash={picture.hash} onDone={onClose} />
            </PictureDetails>
          </div>
        );
      }}
      actions={(of) => {
        const shown = near[of];
        if (!shown) return null;
        const look = `${buttonClasses('plain')} max-wide:[&>span]:sr-only`;
        return (
          <>
            <PictureActions shown={shown} className={look} onDone={onClose} />
            <RequestActions run={shown.cell} className={look} onDone={onClose} />
          </>
        );
      }}
    />
  );
}

function expectedOf({ cell }: CellPicture, models: readonly Model[]) {
  return cell.turn ? expectedPicture(cell.turn, models) : expectationOf(cell.request);
}
