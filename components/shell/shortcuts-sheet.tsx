'use client';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { later, useLater } from '@/lib/client/browser/later';
import { KeyboardIcon } from '../ui/icons';
import { useShortcut } from '../ui/keyboard';
import { Sheet } from '../ui/sheet';
import { barButton } from './bar-parts';
import { NotLoaded } from './new-version';

const list = later(async () => (await import('./shortcut-list')).ShortcutList);

/** The list of keyboard shortcuts, opened by its button or `?`. */
export function ShortcutsSheet() {
  const t = useTranslations('shortcuts');
  const shell = useTranslations('shell');
  const sheet = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const List = useLater(list, isOpen);
  const open = () => {
    setOpen(true);
    sheet.current?.showModal();
  };
  useShortcut('?', open);
  return (
    <>
      <button
        type="button"
        aria-label={shell('shortcuts')}
        title={shell('shortcuts')}
        className={`${barButton} max-wide:hidden`}
        onClick={open}
      >
        <KeyboardIcon size={15} aria-hidden />?
      </button>
      <Sheet
        ref={sheet}
        title={t('title')}
        closeLabel={shell('close')}
        onClose={() => setOpen(false)}
      >
        {List === 'failed' ? <NotLoaded /> : isOpen && List && <List.value />}
      </Sheet>
    </>
  );
}
