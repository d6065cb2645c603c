'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { KeptPicture } from '@/lib/client/pictures/dragged-picture';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { laterPart } from '../controls/later-part';
import { usePrompt } from '../controls/prompt-scope';
import { WithSheet } from '../controls/with-sheet';

const PictureChoice = laterPart(async () => (await import('./picture-choice')).PictureChoice);

/** A button, and the sheet that it opens: pictures of all pages, to be chosen from. */
export function PicturePicker({
  limits,
  onAdd,
  button,
}: {
  limits: IntakeLimits;
  /** Told each chosen picture, in the order in which they stand on the wall. */
  onAdd: (picture: KeptPicture) => void;
  /** Renders the button that opens the sheet. */
  button: (open: () => void) => ReactNode;
}) {
  const t = useTranslations('references.recent');
  const prompt = usePrompt();
  const add = (pictures: readonly KeptPicture[]) => {
    for (const picture of pictures) onAdd(picture);
    // The closing sheet restores the focus first.
    requestAnimationFrame(() => prompt.current?.focus());
  };
  return (
    <WithSheet title={t('title')} button={button}>
      {(close) => (
        <PictureChoice
          limits={limits}
          onAdd={(pictures) => {
            close();
            add(pictures);
          }}
        />
      )}
    </WithSheet>
  );
}
