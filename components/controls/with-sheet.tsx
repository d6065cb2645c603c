'use client';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { OpenSheet } from '../ui/sheet';

/** A button, and the wide sheet that it opens. */
export function WithSheet({
  title,
  button,
  children,
}: {
  title: string;
  /** The button, in the look of its place. */
  button: (open: () => void) => ReactNode;
  /** What is in the sheet, for as long as it is open. */
  children: (close: () => void) => ReactNode;
}) {
  const t = useTranslations('shell');
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      {button(() => setOpen(true))}
      {isOpen && (
        <OpenSheet isWide title={title} closeLabel={t('close')} onClose={close}>
          {children(close)}
        </OpenSheet>
      )}
    </>
  );
}
