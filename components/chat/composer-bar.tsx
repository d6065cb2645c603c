'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { attachPicture, changeSettings } from '@/lib/client/chat/open-conversation';
import type { Conversation } from '@/lib/core/chat/conversation';
import { shownLevel, shownRatio } from '@/lib/core/chat/settings';
import type { Model } from '@/lib/core/models/model';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { PicturePicker } from '../gallery/picture-picker';
import { IconButton, idlePrimary } from '../ui/button';
import { chipButton } from '../ui/chip';
import { ArrowUpIcon, ImagesIcon, PlusIcon, SquareIcon } from '../ui/icons';
import { OpenSheet } from '../ui/sheet';
import { useMedia } from '../ui/viewport';
import { roomForSettings, Settings } from './settings';

/** The bar below the message box: attach, size and streaming, send or stop. */
export function ComposerBar({
  conversation: { id, settings },
  model,
  isAnswering,
  idleReason,
  hindranceId,
  onAttach,
  onSend,
  onStop,
}: {
  conversation: Conversation;
  model: Model;
  isAnswering: boolean;
  /** Why the send button is idle; undefined if it would send. */
  idleReason: string | undefined;
  /** The element that says why nothing can be sent; undefined if something could. */
  hindranceId: string | undefined;
  onAttach: () => void;
  onSend: () => void;
  onStop: () => void;
}) {
  const t = useTranslations('chat');
  const references = useTranslations('references');
  const [isOpen, setOpen] = useState(false);
  const ratio = shownRatio(settings, model);
  const level = shownLevel(settings, model);
  const size = model.sizes.table[ratio]?.[level] ?? '';
  const asked = [ratio, level, formatSizeForPeople(size)].filter(Boolean).join(' · ');
  const openSettings = () => {
    if (!matchMedia(roomForSettings).matches) return setOpen(true);
    document
      .querySelector<HTMLElement>('[data-settings] [data-param="ratio"] input:checked')
      ?.focus();
  };
  return (
    <div className="flex items-center gap-1.5 px-2 pt-1 pb-2">
      <IconButton
        label={t('attach')}
        className="size-9 shrink-0 border border-line-strong"
        onClick={onAttach}
      >
        <PlusIcon size={16} aria-hidden />
      </IconButton>
      {model.references && (
        <PicturePicker
          limits={model.references}
          onAdd={(picture) => attachPicture(id, picture)}
          button={(open) => (
            <IconButton
              label={references('recent.open')}
              aria-haspopup="dialog"
              className="size-9 shrink-0 border border-line-strong"
              onClick={open}
            >
              <ImagesIcon size={16} aria-hidden />
            </IconButton>
          )}
        />
      )}
      <button
        type="button"
        title={t('settings.open')}
        className={`${chipButton} h-7 min-w-0 tabular-nums`}
        onClick={openSettings}
      >
        <span className="sr-only">{t('settings.open')}: </span>
        <span className="truncate">{asked}</span>
      </button>
      <button
        type="button"
        aria-pressed={settings.stream}
        title={t('settings.streamHint')}
        className={`${chipButton} h-7 aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink max-[400px]:hidden`}
        onClick={() => changeSettings(id, { stream: !settings.stream })}
      >
        {t('settings.stream')}
      </button>
      <span className="ml-auto" />
      {isAnswering ? (
        <button
          key="stop"
          type="button"
          data-testid="stop"
          className="inline-flex h-9 shrink-0 items-center gap-1.5 rounded-large bg-text px-3 font-medium text-panel transition-opacity hover:opacity-85"
          // Ignores the second click of a double click that was meant for the send button.
          onClick={(event) => event.detail < 2 && onStop()}
        >
          <SquareIcon size={11} aria-hidden className="fill-current" />
          {t('stop')}
        </button>
      ) : (
        <button
          key="send"
          type="button"
          data-testid="send"
          aria-label={t('send')}
          title={idleReason ?? t('sendHint')}
          aria-disabled={hindranceId !== undefined || undefined}
          aria-describedby={hindranceId}
          className={`grid size-9 shrink-0 place-items-center rounded-large transition-colors ${idlePrimary} ${idleReason ? 'bg-sunken text-faint' : 'bg-accent text-accent-text hover:bg-accent-hover'}`}
          // Ignores the second click of a double click, which would be a second paid request.
          onClick={(event) => event.detail < 2 && onSend()}
        >
          <ArrowUpIcon size={17} aria-hidden />
        </button>
      )}
      {isOpen && <SettingsSheet onClose={() => setOpen(false)} />}
    </div>
  );
}

/** The settings where there is no room for them beside the conversation; it goes once there is. */
function SettingsSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations('chat');
  const shell = useTranslations('shell');
  const close = useEffectEvent(onClose);
  const hasRoom = useMedia(roomForSettings);
  useEffect(() => {
    if (hasRoom) close();
  }, [hasRoom]);
  return (
    <OpenSheet title={t('settings.title')} closeLabel={shell('close')} onClose={onClose}>
      <Settings />
    </OpenSheet>
  );
}
