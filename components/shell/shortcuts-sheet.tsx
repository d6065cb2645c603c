'use client';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { KeyboardIcon } from '../ui/icons';
import { Keys } from '../ui/keys';
import { Sheet } from '../ui/sheet';
import { useCommandKey } from '../ui/use-command-key';
import { useShortcut } from '../ui/use-shortcut';
import { barButton } from './bar-button';

/** The sheet of keys, and the button that opens it as `?` does. */
export function ShortcutsSheet() {
  const t = useTranslations('shortcuts');
  const shell = useTranslations('shell');
  const sheet = useRef<HTMLDialogElement>(null);
  const command = useCommandKey();
  const open = () => sheet.current?.showModal();
  useShortcut('?', open);
  const rows = [
    { name: t('run'), keys: [command, '↵'] },
    { name: t('prompt'), keys: ['/'] },
    { name: t('sheet'), keys: ['?'] },
    { name: t('leave'), keys: ['Esc'] },
  ];
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
      <Sheet ref={sheet} title={t('title')} closeLabel={shell('close')}>
        <dl className="grid gap-2.5">
          {rows.map(({ name, keys }) => (
            <div key={name} className="flex items-center justify-between gap-4">
              <dt>{name}</dt>
              <dd className="text-muted">
                <Keys keys={keys} />
              </dd>
            </div>
          ))}
        </dl>
        <p className="mt-4 text-small text-muted">{t('note')}</p>
      </Sheet>
    </>
  );
}
