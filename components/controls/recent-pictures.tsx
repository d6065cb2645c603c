'use client';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { type RecentPicture, recentPictures } from '@/lib/client/storage/recent-pictures';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { Button } from '../ui/button';
import { CheckIcon } from '../ui/icons';
import { Sheet } from '../ui/sheet';
import { PictureThumb } from './picture-thumb';
import { usePrompt } from './prompt-scope';

const mostShown = 60;

/** Chooses from the newest pictures of all pages, in a sheet. */
export function RecentPictures({
  limits,
  onAdd,
  button,
}: {
  limits: IntakeLimits;
  onAdd: (picture: Omit<RecentPicture, 'at'>) => void;
  /** Renders the button that opens the sheet. */
  button: (open: () => void) => ReactNode;
}) {
  const t = useTranslations('references.recent');
  const shell = useTranslations('shell');
  const sheet = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {button(() => {
        setOpen(true);
        sheet.current?.showModal();
      })}
      <Sheet
        ref={sheet}
        title={t('title')}
        closeLabel={shell('close')}
        onClose={() => setOpen(false)}
      >
        {isOpen && <Choice limits={limits} onAdd={onAdd} />}
      </Sheet>
    </>
  );
}

function Choice({
  limits,
  onAdd,
}: {
  limits: IntakeLimits;
  onAdd: (picture: Omit<RecentPicture, 'at'>) => void;
}) {
  const t = useTranslations('references.recent');
  const prompt = usePrompt();
  const [found, setFound] = useState<readonly RecentPicture[]>();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  useEffect(() => {
    let isGone = false;
    void recentPictures(mostShown)
      .catch(() => [])
      .then((all) => isGone || setFound(all));
    return () => {
      isGone = true;
    };
  }, []);
  const pictures = found?.filter(({ header }) => limits.formats.includes(header.format));
  if (!pictures) return <p className="text-muted">{t('loading')}</p>;
  if (pictures.length === 0) return <p className="text-muted">{t('none')}</p>;
  const add = () => {
    for (const hash of chosen) {
      const found = pictures.find((one) => one.hash === hash);
      if (!found) continue;
      const { at: _at, ...picture } = found;
      onAdd(picture);
    }
    // The closing sheet restores the focus first.
    requestAnimationFrame(() => prompt.current?.focus());
  };
  return (
    <>
      <ul className="relative grid max-h-[52dvh] grid-cols-[repeat(auto-fill,minmax(84px,1fr))] gap-2 overflow-y-auto p-1">
        {pictures.map(({ hash, header, name }) => {
          const isChosen = chosen.includes(hash);
          return (
            <li key={hash}>
              <button
                type="button"
                aria-pressed={isChosen}
                aria-label={name}
                title={name}
                className="group/choice relative block w-full rounded-small outline-offset-2 aria-pressed:outline-2 aria-pressed:outline-accent"
                onClick={() =>
                  setChosen(isChosen ? chosen.filter((one) => one !== hash) : [...chosen, hash])
                }
              >
                <PictureThumb picture={{ hash, header }} className="size-full rounded-small" />
                <span className="absolute top-1 right-1 hidden size-5 place-items-center rounded-full bg-accent text-accent-text group-aria-pressed/choice:grid">
                  <CheckIcon size={13} aria-hidden />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <Button
        look="primary"
        why={chosen.length === 0 ? t('add', { count: 0 }) : undefined}
        className="mt-3 w-full"
        onClick={({ currentTarget }) => {
          add();
          currentTarget.closest('dialog')?.close();
        }}
      >
        {t('add', { count: chosen.length })}
      </Button>
    </>
  );
}
