import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { buttonClasses, CloseButton, IconButton } from '../../ui/button';
import { DownloadIcon, MinusIcon, PlusIcon } from '../../ui/icons';
import { CopyPictureButton } from '../copy-picture-button';
import type { PanZoom } from './use-pan-zoom';
import type { ViewerPicture } from './viewer-stage';

/** Above the stage: which picture this is, how large it is shown, and the way out. */
export function ViewerTopBar({
  picture,
  index,
  count,
  zoom,
}: {
  picture: ViewerPicture;
  index: number;
  count: number;
  zoom: PanZoom;
}) {
  const t = useTranslations('viewer');
  const shell = useTranslations('shell');
  return (
    <div className="flex h-12 shrink-0 items-center gap-3 px-3">
      {count > 1 && (
        <p aria-hidden className="shrink-0 font-mono text-small">
          {t('position', { number: index + 1, count })}
        </p>
      )}
      <p className="min-w-0 flex-1 truncate text-small text-muted">{picture.fileName}</p>
      <ZoomControls zoom={zoom} />
      <CloseButton label={shell('close')} />
    </div>
  );
}

/** Below the stage: the picture's facts, and what can be done with it. */
export function ViewerBottomBar({
  picture,
  children,
}: {
  picture: ViewerPicture;
  children: ReactNode;
}) {
  const t = useTranslations('picture');
  const { url, fileName, facts, getBlob } = picture;
  return (
    <div className="flex shrink-0 flex-wrap items-center justify-between gap-x-4 gap-y-1.5 px-3 py-2 pb-[max(8px,env(safe-area-inset-bottom))]">
      <div className="min-w-0 text-small text-muted">{facts}</div>
      <div className="ml-auto flex flex-wrap items-center justify-end gap-1.5">
        {children}
        <CopyPictureButton
          key={picture.id}
          className={buttonClasses('plain')}
          getBlob={getBlob}
          download={{ href: url, fileName }}
        />
        <a
          href={url}
          download={fileName}
          aria-label={t('downloadNamed', { name: fileName })}
          className={buttonClasses('plain')}
        >
          <DownloadIcon size={14} aria-hidden />
          {t('download')}
        </a>
      </div>
    </div>
  );
}

/** How large a picture is shown, and the buttons that change it. */
export function ZoomControls({ zoom }: { zoom: PanZoom }) {
  const t = useTranslations('viewer');
  const { scale } = zoom.view;
  return (
    <div className="flex items-center">
      <IconButton
        label={t('zoomOut')}
        onClick={() => zoom.change({ type: 'step', direction: 'out' })}
      >
        <MinusIcon size={15} aria-hidden />
      </IconButton>
      <button
        type="button"
        title={t('toggleHint')}
        onClick={() => zoom.change({ type: 'toggle' })}
        className="h-8 min-w-14 rounded-small px-1 text-center font-mono text-small hover:bg-raised"
      >
        <span className="sr-only">{zoom.isWhole ? t('showReal') : t('showWhole')} </span>
        {t('percent', { scale })}
      </button>
      <IconButton
        label={t('zoomIn')}
        onClick={() => zoom.change({ type: 'step', direction: 'in' })}
      >
        <PlusIcon size={15} aria-hidden />
      </IconButton>
    </div>
  );
}
