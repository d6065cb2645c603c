'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { usePictureUrls } from '@/lib/client/pictures/picture-files';
import type { Tile } from '@/lib/core/gallery/tiles';
import { Comparison } from '../controls/compare/comparison';
import { useTileWords } from './tile-words';

/** Two to four pictures beside or over each other; arrows bring another one to the right. */
export default function GalleryCompare({
  tiles,
  onClose,
}: {
  tiles: readonly Tile[];
  onClose: () => void;
}) {
  const t = useTranslations('gallery');
  const words = useTileWords();
  const [right, setRight] = useState(1);
  const urls = usePictureUrls(tiles.map(({ picture }) => picture?.hash ?? ''));
  const pictures = tiles.map((tile, index) => {
    const { width, height, hash = '' } = tile.picture ?? {};
    return {
      id: tile.key,
      url: urls.size === 0 ? undefined : (urls.get(hash) ?? null),
      title: `${index + 1} · ${words.model(tile.card.model) || tile.card.title}`,
      alt: words.label(tile, false),
      size: width && height ? { width, height } : undefined,
    };
  });
  const [first] = pictures;
  const other = pictures[right] ?? pictures[1];
  if (!first || !other) return null;
  return (
    <Comparison
      label={t('comparison')}
      pictures={pictures}
      left={first}
      right={other}
      tools={null}
      // More than two are seen together there alone.
      opensAs={pictures.length > 2 ? 'sideBySide' : 'slider'}
      onStep={(by) => setRight((at) => Math.min(pictures.length - 1, Math.max(1, at + by)))}
      onClose={onClose}
    />
  );
}
