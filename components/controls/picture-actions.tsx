import { useTranslations } from 'use-intl/react';
import { glassButton } from '../ui/glass-button';
import { DownloadIcon, TrashIcon } from '../ui/icons';
import { CopyPictureButton } from './copy-picture-button';

/**
 * What can be done with a picture, laid over its lower edge. Shown when the mouse is over the picture
 * or the keyboard in it, and always where there is no mouse. On a narrow picture the icons speak alone.
 */
export function PictureActions({
  url,
  fileName,
  getBlob,
  onDelete,
}: {
  url: string;
  fileName: string;
  getBlob: (() => Promise<Blob>) | undefined;
  onDelete: (() => void) | undefined;
}) {
  const t = useTranslations('picture');
  const button = `${glassButton} pointer-events-auto`;
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-0 flex flex-wrap items-end gap-1.5 p-2 opacity-0 transition-opacity group-hover:opacity-100 group-has-data-note:opacity-100 group-has-focus-visible:opacity-100 not-[@media(hover:hover)]:opacity-100 *:data-note:pointer-events-auto @max-[250px]:[&_button>span]:sr-only @max-[250px]:[&>a>span]:sr-only">
      <a
        href={url}
        download={fileName}
        aria-label={t('downloadNamed', { name: fileName })}
        title={t('downloadNamed', { name: fileName })}
        className={button}
      >
        <DownloadIcon size={14} aria-hidden />
        <span>{t('download')}</span>
      </a>
      {getBlob && (
        <CopyPictureButton
          className={button}
          getBlob={getBlob}
          download={{ href: url, fileName }}
        />
      )}
      {onDelete && (
        <button
          type="button"
          aria-label={t('delete')}
          title={t('delete')}
          className={`${button} ml-auto`}
          onClick={onDelete}
        >
          <TrashIcon size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}
