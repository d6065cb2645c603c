'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { usePictureUrls } from '@/lib/client/pictures/picture-files';
import { uprightSize } from '@/lib/core/pictures/stored-picture';
import { Comparison } from '../../controls/compare/comparison';
import type { NamedCellPicture } from './cell-viewer';

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
      // More than two are seen together there alone.
      opensAs={compared.length > 2 ? 'sideBySide' : 'slider'}
      onStep={(by) => setRight((at) => Math.min(compared.length - 1, Math.max(1, at + by)))}
      onClose={onClose}
    />
  );
}
