'use client';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { type CopyOutcome, copyPicture } from '@/lib/client/browser/clipboard';
import { CheckIcon, CloseIcon, CopyIcon, DownloadIcon } from '../ui/icons';

const saidForMs = 2000;

/** A picture's file: its address and the name to save it under. */
interface Download {
  href: string;
  fileName: string;
}

export function DownloadLink({ href, fileName, className }: Download & { className: string }) {
  const t = useTranslations('picture');
  const label = t('downloadNamed', { name: fileName });
  return (
    <a href={href} download={fileName} aria-label={label} title={label} className={className}>
      <DownloadIcon size={14} aria-hidden />
      <span>{t('download')}</span>
    </a>
  );
}

/**
 * Copies a picture. Where the browser forbids it, a note says why and offers the download. The note
 * takes a line of its own before the button: the row around both must wrap.
 */
export function CopyPictureButton({
  className,
  getBlob,
  download,
}: {
  className: string;
  getBlob: () => Promise<Blob>;
  download: Download;
}) {
  const t = useTranslations('picture');
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isCopied = outcome === 'copied';
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setOutcome(null), saidForMs);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const refusal = outcome === null || outcome === 'copied' ? null : t(`copyRefused.${outcome}`);
  // The focused element goes away with the note.
  const dismiss = () => {
    setOutcome(null);
    button.current?.focus();
  };
  const label = isCopied ? t('copied') : t('copy');
  const Icon = isCopied ? CheckIcon : CopyIcon;
  return (
    <>
      <button
        ref={button}
        type="button"
        title={t('copyHint')}
        className={className}
        onClick={() => {
          setOutcome(null);
          void copyPicture(getBlob).then(setOutcome);
        }}
      >
        <Icon size={14} aria-hidden />
        <span>{label}</span>
      </button>
      <span role="status" className="sr-only">
        {isCopied ? t('copied') : refusal}
      </span>
      {refusal !== null && (
        <div
          data-note
          className="order-first flex basis-full items-start gap-1 rounded-small bg-panel py-1.5 pr-1 pl-2.5 text-small text-text shadow-floating"
        >
          <p className="min-w-0 flex-1 whitespace-normal">
            {refusal}{' '}
            <a
              href={download.href}
              download={download.fileName}
              className="inline-flex items-center gap-1 text-accent-ink underline underline-offset-2"
              onClick={dismiss}
            >
              <DownloadIcon size={12} aria-hidden />
              {t('downloadInstead')}
            </a>
          </p>
          <button
            type="button"
            aria-label={t('dismiss')}
            className="grid size-6 shrink-0 place-items-center rounded-small text-muted hover:bg-sunken hover:text-text"
            onClick={dismiss}
          >
            <CloseIcon size={13} aria-hidden />
          </button>
        </div>
      )}
    </>
  );
}
