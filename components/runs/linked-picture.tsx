'use client';
import { useContext, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { captionLook } from '../controls/picture-caption';
import { PictureHosts } from '../controls/picture-hosts';
import { SlotPlace } from './slot-place';

/** A picture that came as an address: shown if its host is allowed, else said where it is. */
export function LinkedPicture({ url, aspect }: { url: string; aspect: number }) {
  const t = useTranslations('picture');
  const hosts = useContext(PictureHosts);
  const [isBroken, setBroken] = useState(false);
  const { host } = new URL(url);
  const isAllowed = hosts.includes(host);
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
