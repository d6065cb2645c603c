import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { glassButton } from '../ui/glass-button';
import { DownloadIcon, TrashIcon } from '../ui/icons';
import { CopyPictureButton } from './copy-picture-button';

/**
 * What can be done with a picture, laid over its lower edge and shown when the mouse is over the picture
 * or the keyboard in it. Where there is no mouse it covers nothing: there the icons stand beside the
 * picture's facts, or below them. On a narrow picture the icons speak alone.
 */
export function PictureActions({
  url,
  fileName,
  getBlob,
  more,
  onDelete,
}: {
  url: string;
  fileName: string;
  getBlob: (() => Promise<Blob>) | undefined;
  /** Further buttons, in the look that they are given. */
  more: ((look: string) => ReactNode) | undefined;
  onDelete: (() => void) | undefined;
}) {
  const t = useTranslations('picture');
  const button = `${glassButton} pointer-events-auto no-hover:size-8 no-hover:justify-center no-hover:bg-transparent no-hover:px-0 no-hover:text-muted no-hover:backdrop-blur-none`;
  return (
    <div className="pointer-events-none relative col-span-full row-start-1 flex flex-wrap items-end gap-1.5 self-end p-2 opacity-0 transition-opacity group-hover:opacity-100 group-has-data-note:opacity-100 group-has-focus-visible:opacity-100 *:data-note:pointer-events-auto @max-[250px]:[&_button>span]:sr-only @max-[250px]:[&>a>span]:sr-only no-hover:row-start-3 no-hover:-mx-2 no-hover:gap-1 no-hover:p-0 no-hover:opacity-100 no-hover:@min-[330px]:not-has-data-note:col-[2] no-hover:@min-[330px]:not-has-data-note:row-start-2 no-hover:@min-[330px]:not-has-data-note:mt-1 no-hover:@min-[330px]:not-has-data-note:self-start no-hover:[&_button>span]:sr-only no-hover:[&>a>span]:sr-only">
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
      {more?.(button)}
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
