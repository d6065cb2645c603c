'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { requirePicture, usePictureUrls } from '@/lib/client/pictures/picture-files';
import { expectedPicture } from '@/lib/core/chat/settings';
import type { CellPicture } from '@/lib/core/experiments/cell-state';
import type { Model } from '@/lib/core/models/model';
import { pictureFileName } from '@/lib/core/pictures/file-name';
import { expectationOf, uprightSize } from '@/lib/core/pictures/stored-picture';
import { momentOf } from '@/lib/core/runs/run-state';
import { Comparison } from '../../controls/compare/comparison';
import { PictureFacts } from '../../controls/picture-facts';
import Viewer from '../../controls/viewer/viewer';

/** A picture of the grid, and how people know it. */
export interface NamedCellPicture extends CellPicture {
  label: string;
}

/** The pictures of a combination in the whole window. */
export function CellViewer({
  pictures,
  index,
  models,
  onIndex,
  onClose,
}: {
  pictures: readonly NamedCellPicture[];
  index: number;
  models: readonly Model[];
  onIndex: (index: number) => void;
  onClose: () => void;
}) {
  const t = useTranslations('experiments.grid');
  const urls = usePictureUrls(pictures.map(({ picture }) => picture.hash));
  if (urls.size === 0) return null;
  return (
    <Viewer
      pictures={pictures.map(({ cell, index: place, picture, label }, at) => {
        const size = picture.header && uprightSize(picture.header);
        const { prompt } = cell.request;
        const format = picture.header?.format ?? 'png';
        return {
          id: `${cell.id} ${place}`,
          group: cell.id,
          position: t('position', { number: at + 1, count: pictures.length, label }),
          prompt,
          url: urls.get(picture.hash) ?? '',
          alt: label,
          fileName: pictureFileName({ prompt, at: momentOf(cell), index: place, format }),
          facts: (
            <PictureFacts
              header={picture.header}
              byteLength={picture.byteLength}
              isTransparent={picture.isTransparent}
              expected={
                cell.turn ? expectedPicture(cell.turn, models) : expectationOf(cell.request)
              }
            />
          ),
          hasAlpha: picture.header?.hasAlpha === true,
          width: size?.width,
          height: size?.height,
          getBlob: () => requirePicture(picture.hash),
        };
      })}
      index={index}
      onIndex={onIndex}
      onClose={onClose}
    />
  );
}

/** Two to four pictures of the grid under one zoom. */
export function CellComparison({
  pictures,
  onClose,
}: {
  pictures: readonly NamedCellPicture[];
  onClose: () => void;
}) {
  const t = useTranslations('experiments.grid');
  const [right, setRight] = useState(1);
  const urls = usePictureUrls(pictures.map(({ picture }) => picture.hash));
  const compared = pictures.map(({ cell, index, picture, label }, at) => ({
    id: `${cell.id} ${index}`,
    url: urls.size === 0 ? undefined : (urls.get(picture.hash) ?? null),
    title: `${at + 1} · ${label}`,
    alt: label,
    size: picture.header && uprightSize(picture.header),
  }));
  const [first] = compared;
  const other = compared[right] ?? compared[1];
  if (!first || !other) return null;
  return (
    <Comparison
      label={t('comparison')}
      pictures={compared}
      left={first}
      right={other}
      tools={null}
      onStep={(by) => setRight((at) => Math.min(compared.length - 1, Math.max(1, at + by)))}
      onClose={onClose}
    />
  );
}
