'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Model } from '@/lib/core/models/model';
import { DropOverlay, useFileIntake } from '../controls/file-intake';
import { laterPart } from '../controls/later-part';
import type { Given } from './given-sheet';

const GivenSheet = laterPart(async () => (await import('./given-sheet')).GivenSheet);

/** Takes pictures that are dropped or pasted on a page that sends none, and asks where they are to go. */
export function GivenPictures({ models }: { models: readonly Model[] }) {
  const t = useTranslations('given');
  const [given, setGiven] = useState<Given>();
  const drop = useFileIntake({
    onFiles: setGiven,
    onPicture: setGiven,
    // A paste of text is nobody's mistake on this page.
    onStray: (what) => what === 'addressOnly' && setGiven(what),
  });
  return (
    <>
      <DropOverlay zone={drop.zone} label={t('drop')} />
      {given && <GivenSheet given={given} models={models} onClose={() => setGiven(undefined)} />}
    </>
  );
}
