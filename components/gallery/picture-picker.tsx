'use client';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { KeptPicture } from '@/lib/client/pictures/dragged-picture';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { laterPart } from '../controls/later-part';
import { usePrompt } from '../controls/prompt-scope';
import { OpenSheet } from '../ui/sheet';

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
  const shell = useTranslations('shell');
  const prompt = usePrompt();
  const [isOpen, setOpen] = useState(false);
  const add = (pictures: readonly KeptPicture[]) => {
    setOpen(false);
    for (const picture of pictures) onAdd(picture);
    // The closing sheet restores the focus first.
    requestAnimationFrame(() => prompt.current?.focus());
  };
  return (
    <>
      {button(() => setOpen(true))}
      {isOpen && (
        <OpenSheet
          isWide
          title={t('title')}
          closeLabel={shell('close')}
          onClose={() => setOpen(false)}
        >
          <PictureChoice limits={limits} onAdd={add} />
        </OpenSheet>
      )}
    </>
  );
}
