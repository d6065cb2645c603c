'use client';
import type { ReactNode } from 'react';
import { IntlProvider, useLocale, useMessages } from 'use-intl/react';
import { useCatalogue } from '@/lib/client/experiments/catalogue';
import type { Model } from '@/lib/core/models/model';
import type { Messages } from '@/lib/i18n/messages';
import { GalleryModels } from './tile-words';

/** What the wall's words need, on the pages that have a wall: others load without them. */
export function GalleryWords({
  models,
  words,
  children,
}: {
  models: readonly Model[];
  words: Pick<Messages, 'gallery'>;
  children: ReactNode;
}) {
  useCatalogue(models);
  const messages = { ...useMessages(), ...words };
  return (
    <IntlProvider locale={useLocale()} messages={messages} timeZone="UTC">
      <GalleryModels value={models}>{children}</GalleryModels>
    </IntlProvider>
  );
}
