'use client';
import { type ReactNode, useContext, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { restorePicture } from '@/lib/client/runs/run-commands';
import { readAddress } from '@/lib/core/address';
import { isAllowedHost } from '@/lib/core/pictures/picture-hosts';
import type { RunEntry, Slot } from '@/lib/core/runs/run-entry';
import { formatBytes } from '@/lib/i18n/formats';
import { captionLook } from '../controls/picture-facts';
import { PictureHosts } from '../controls/picture-hosts';
import { focusRun } from './run-focus';
import { UndoNotice } from './stage-notices';

/** A slot without a picture, with the size that a picture would have. */
export function SlotPlace({
  aspect,
  look = '',
  caption,
  children,
}: {
  aspect: number;
  look?: string;
  caption?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div data-testid="place" className="@container min-w-0">
      <div
        style={{ aspectRatio: aspect }}
        className={`grid w-full place-items-center overflow-hidden rounded-large bg-place p-4 text-center break-words ${look}`}
      >
        {children}
      </div>
      {/* Keeps its height when empty, so that nothing moves when a picture arrives. */}
      <div className={captionLook}>
        <p className="py-1 text-small text-muted">{caption}</p>
      </div>
    </div>
  );
}

const refusedLook = 'border border-error/30 bg-error-soft';

/** A slot whose picture has not arrived, was refused, or came as a URL. */
export function EmptySlot({
  slot,
  aspect,
  isFirst,
}: {
  slot: Exclude<Slot, { kind: 'picture' | 'removed' }>;
  aspect: number;
  /** The first of those that are waited for, which says so for all. */
  isFirst: boolean;
}) {
  const run = useTranslations('run');
  const t = useTranslations('picture');
  const locale = useLocale();
  switch (slot.kind) {
    case 'arriving':
      return (
        <SlotPlace
          aspect={aspect}
          look="checkerboard"
          caption={run('arriving', { bytes: formatBytes(slot.bytes, locale) })}
        />
      );
    case 'error':
      return (
        <SlotPlace aspect={aspect} look={refusedLook}>
          <span data-testid="problem">
            <strong className="block font-semibold">{t('refused')}</strong>
            {slot.message}
          </span>
        </SlotPlace>
      );
    case 'invalid':
      return (
        <SlotPlace aspect={aspect} look={refusedLook}>
          <span data-testid="problem">{t('invalid')}</span>
        </SlotPlace>
      );
    case 'link':
      return <LinkedPicture url={slot.url} aspect={aspect} />;
    default:
      return <SlotPlace aspect={aspect} look="breathe" caption={isFirst && run('waiting')} />;
  }
}

/** In place of a removed picture: undo. */
export function RemovedPicture({
  run,
  index,
  aspect,
}: {
  run: RunEntry;
  index: number;
  aspect: number;
}) {
  const t = useTranslations('stage');
  const undo = () => {
    restorePicture(run.id, index);
    focusRun(run.id);
  };
  return (
    <SlotPlace aspect={aspect}>
      <UndoNotice text={t('pictureRemoved')} onUndo={undo} />
    </SlotPlace>
  );
}

/** A picture that came as a URL: shown if PICTURE_HOSTS allows the host, otherwise linked. */
export function LinkedPicture({ url, aspect }: { url: string; aspect: number }) {
  const t = useTranslations('picture');
  const hosts = useContext(PictureHosts);
  const [isBroken, setBroken] = useState(false);
  const address = readAddress(url);
  if (!address?.host) {
    return <p className={`${captionLook} break-all text-small text-muted`}>{url}</p>;
  }
  const { host } = address;
  const isAllowed = isAllowedHost(address, hosts);
  const link = (
    <a href={url} target="_blank" rel="noreferrer" className="underline underline-offset-2">
      {t('link', { host })}
    </a>
  );
  if (isAllowed && !isBroken) {
    return (
      <figure className="@container min-w-0">
        {/* biome-ignore lint/performance/noImgElement: it comes from the gateway's own host */}
        <img
          data-testid="result-image"
          src={url}
          alt={t('link', { host })}
          referrerPolicy="no-referrer"
          onError={() => setBroken(true)}
          className="h-auto w-full rounded-large bg-place"
        />
        <figcaption className={`${captionLook} text-small text-muted`}>
          <p className="py-1">{link}</p>
        </figcaption>
      </figure>
    );
  }
  return (
    <SlotPlace aspect={aspect} look="text-muted">
      <span>
        {link}
        {!isAllowed && <span className="mt-1 block text-small">{t('linkReason')}</span>}
      </span>
    </SlotPlace>
  );
}
