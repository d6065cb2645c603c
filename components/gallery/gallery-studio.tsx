'use client';
import { type ReactNode, useEffect } from 'react';
import { IntlProvider, useLocale, useMessages } from 'use-intl/react';
import { keepFollowingGallery } from '@/lib/client/gallery/gallery-store';
import type { Model } from '@/lib/core/models/model';
import type { Messages } from '@/lib/i18n/messages';
import { GalleryWall } from './gallery-wall';
import { GalleryModels } from './tile-words';

/** The Gallery page: everything that was made on any page, on one wall. */
export function GalleryStudio({
  models,
  words,
}: {
  models: readonly Model[];
  /** The page's own words: the other pages load without them. */
  words: Pick<Messages, 'gallery'>;
}) {
  useEffect(keepFollowingGallery, []);
  return (
    <WithWords words={words}>
      <GalleryModels value={models}>
        <GalleryWall />
      </GalleryModels>
    </WithWords>
  );
}

function WithWords({ words, children }: { words: Pick<Messages, 'gallery'>; children: ReactNode }) {
  const messages = { ...useMessages(), ...words };
  return (
    <IntlProvider locale={useLocale()} messages={messages} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
