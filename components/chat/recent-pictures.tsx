'use client';
import { type Ref, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { attachPicture } from '@/lib/client/chat/open-conversation';
import { type RecentPicture, recentPictures } from '@/lib/client/storage/recent-pictures';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { usePrompt } from '../controls/prompt-scope';
import { Button } from '../ui/button';
import { CheckIcon } from '../ui/icons';
import { Sheet } from '../ui/sheet';
import { PictureThumb } from './picture-thumbs';

const mostShown = 60;

/** Picks recent pictures of all pages to attach to the draft. */
export function RecentPictures({
  ref,
  isOpen,
  conversation,
  limits,
  onClose,
}: {
  ref: Ref<HTMLDialogElement>;
  isOpen: boolean;
  conversation: string;
  limits: IntakeLimits;
  /** Called for every way of closing. */
  onClose: () => void;
}) {
  const t = useTranslations('chat.recent');
  const shell = useTranslations('shell');
  return (
    <Sheet ref={ref} title={t('title')} closeLabel={shell('close')} onClose={onClose}>
      {isOpen && <Choice conversation={conversation} limits={limits} />}
    </Sheet>
  );
}

function Choice({ conversation, limits }: { conversation: string; limits: IntakeLimits }) {
  const t = useTranslations('chat.recent');
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
      const picture = pictures.find((one) => one.hash === hash);
      if (picture) attachPicture(conversation, attachmentOf(picture));
    }
    // The closing sheet restores the focus first.
    requestAnimationFrame(() => prompt.current?.focus());
  };
  return (
    // A form with method="dialog" closes the dialog around it on submit.
    <form method="dialog" onSubmit={add}>
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
        type="submit"
        look="primary"
        why={chosen.length === 0 ? t('add', { count: 0 }) : undefined}
        className="mt-3 w-full"
      >
        {t('add', { count: chosen.length })}
      </Button>
    </form>
  );
}

function attachmentOf({ hash, name, byteLength, header }: RecentPicture) {
  return { hash, name, byteLength, header };
}
