'use client';
import type { ReactNode } from 'react';
import { IntlProvider, useLocale, useMessages } from 'use-intl/react';
import { useCatalogue } from '@/lib/client/experiments/catalogue';
import type { Model } from '@/lib/core/models/model';
import type { Messages } from '@/lib/i18n/messages';

/** The words of the Experiments page: others load without them. */
export function ExperimentsWords({
  models,
  words,
  children,
}: {
  models: readonly Model[];
  words: Pick<Messages, 'experiments' | 'judging'>;
  children: ReactNode;
}) {
  useCatalogue(models);
  const messages = { ...useMessages(), ...words };
  return (
    <IntlProvider locale={useLocale()} messages={messages} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
