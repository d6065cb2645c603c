'use client';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { later } from '@/lib/client/browser/later';
import { messageIntake } from '@/lib/client/chat/chat-intake';
import { unopened } from '@/lib/client/chat/composer-store';
import type { KeptPicture } from '@/lib/client/pictures/dragged-picture';
import type { Model } from '@/lib/core/models/model';
import { DropOverlay, useFileIntake } from '../controls/file-intake';
import { laterPart, NotLoadedNotice } from '../controls/later-part';
import { IconButton } from '../ui/button';
import { CloseIcon } from '../ui/icons';

const reading = later(() => import('@/lib/client/references/take-in'));
const IntakeRefusals = laterPart(async () => (await import('./intake-refusals')).IntakeRefusals);

type Stray = 'noPicture' | 'addressOnly' | 'noReferences';

/** Attaches pictures by drop, paste or file picker, and says why a file is refused. */
export function MessageIntake({
  conversation,
  model,
  children,
}: {
  conversation: string;
  model: Model;
  /** Renders the composer; the argument opens the file picker. */
  children: (openPicker: () => void) => ReactNode;
}) {
  const t = useTranslations('references');
  const chat = useTranslations('chat');
  const [noted, setNoted] = useState<{ conversation: string; what: Stray }>();
  const stray = noted?.conversation === conversation ? noted.what : undefined;
  const setStray = (what?: Stray) => setNoted(what && { conversation, what });
  // Notes of a page do not outlive it.
  useEffect(() => messageIntake.dismissAll, []);
  const limits = model.references;
  const areRefusalsThere = IntakeRefusals.useIsThere();
  // Files that came before a conversation was open go to the first that is.
  const waiting = useRef<File[]>([]);
  const take = (files: File[]) => {
    if (conversation === unopened) {
      waiting.current.push(...files);
      return;
    }
    setStray(limits ? undefined : 'noReferences');
    if (!limits) return;
    // While an earlier message is being edited, files go to it.
    const edited = document.activeElement?.closest<HTMLElement>('[data-editor]')?.dataset.editor;
    messageIntake.enqueueAll(files, limits, edited ?? conversation);
  };
  const takeWaiting = useEffectEvent(() => take(waiting.current.splice(0)));
  useEffect(() => {
    if (conversation !== unopened && waiting.current.length > 0) takeWaiting();
  }, [conversation]);
  const takePicture = async ({ hash, name }: KeptPicture) => {
    const { loadPicture } = await import('@/lib/client/pictures/picture-files');
    const blob = await loadPicture(hash).catch(() => undefined);
    if (blob) take([new File([blob], name)]);
    else setStray('noPicture');
  };
  const drop = useFileIntake({
    onFiles: take,
    onPicture: (picture) => void takePicture(picture),
    onStray: setStray,
  });
  return (
    <>
      <div className="mb-2 empty:hidden">
        <NotLoadedNotice code={reading} />
        {limits && areRefusalsThere && <IntakeRefusals draft={conversation} limits={limits} />}
        <div role="status">
          {stray && (
            <p className="flex items-start gap-1 rounded-small bg-sunken py-1.5 pr-1 pl-2.5 text-muted text-small">
              <span className="min-w-0 flex-1 py-px">
                {stray === 'noReferences' ? chat('noReferences') : t(stray)}
              </span>
              <IconButton
                label={t('close')}
                className="size-6 shrink-0"
                onClick={() => setStray(undefined)}
              >
                <CloseIcon size={13} aria-hidden />
              </IconButton>
            </p>
          )}
        </div>
      </div>
      {children(drop.open)}
      <input {...drop.inputProps} data-testid="ref-input" aria-label={t('add')} />
      <DropOverlay zone={drop.zone} label={chat('drop')} />
    </>
  );
}
