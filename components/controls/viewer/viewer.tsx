'use client';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Size } from '@/lib/core/sizes/sizes';
import { buttonClasses, CloseButton } from '../../ui/button';
import { useElementSize } from '../../ui/viewport';
import { CopyPictureButton, DownloadLink } from '../save-picture';
import { FullScreen } from './full-screen';
import { usePanZoom } from './use-pan-zoom';
import { viewerKey } from './viewer-key';
import { type ViewerPicture, ViewerStage, ViewerStep } from './viewer-stage';
import { ZoomControls } from './zoom-controls';

/**
 * Pictures in the whole window, to zoom into and go through. It is open as long as it is rendered; load
 * it lazily.
 */
export default function Viewer({
  pictures,
  index,
  onIndex,
  onClose,
  actions,
}: {
  pictures: readonly ViewerPicture[];
  index: number;
  onIndex: (index: number) => void;
  onClose: () => void;
  /** Further buttons for the picture, before Copy and Download. */
  actions?: (index: number) => ReactNode;
}) {
  const t = useTranslations('viewer');
  const shell = useTranslations('shell');
  const stage = useRef<HTMLDivElement>(null);
  const [measured, setMeasured] = useState<Record<string, Size>>({});
  const count = pictures.length;
  const picture = pictures[index];
  const { id = '', width, height } = picture ?? {};
  const size = measured[id] ?? (width && height ? { width, height } : undefined);
  const zoom = usePanZoom(id, { picture: size, stage: useElementSize(stage) });
  const go = (to: number) => pictures[to] && to !== index && onIndex(to);
  // Neighbours are decoded ahead.
  const [before, after] = [pictures[index - 1]?.url, pictures[index + 1]?.url];
  useEffect(() => {
    for (const url of [before, after]) {
      if (url) Object.assign(new Image(), { src: url });
    }
  }, [before, after]);

  const onKeyDown = (event: KeyboardEvent) => {
    const action = viewerKey(event);
    if (!action) return;
    event.preventDefault();
    if (action.type === 'go') go(index + action.by);
    else if (action.type === 'edge') go(action.edge === 'first' ? 0 : count - 1);
    else zoom.change(action);
  };

  return (
    <FullScreen aria-label={t('label')} onKeyDown={onKeyDown} onClose={onClose}>
      {picture && (
        <>
          <p role="status" className="sr-only">
            {t('spoken', { number: index + 1, count, alt: picture.alt })}
          </p>
          <div className="flex h-12 shrink-0 items-center gap-3 px-3">
            {count > 1 && (
              <p aria-hidden className="shrink-0 text-small">
                {t('position', { number: index + 1, count })}
              </p>
            )}
            <p className="min-w-0 flex-1 truncate text-small text-muted">{picture.fileName}</p>
            <ZoomControls zoom={zoom} />
            <CloseButton label={shell('close')} />
          </div>
          <div className="relative flex min-h-0 flex-1 flex-col">
            <ViewerStage
              ref={stage}
              picture={picture}
              size={size}
              zoom={zoom}
              onMeasured={(found) => setMeasured((known) => ({ ...known, [picture.id]: found }))}
              onSwipe={(direction) => go(index + direction)}
            />
            {count > 1 && (
              <>
                <ViewerStep to="previous" isEnd={index === 0} onStep={() => go(index - 1)} />
                <ViewerStep to="next" isEnd={index === count - 1} onStep={() => go(index + 1)} />
              </>
            )}
          </div>
          <div className="flex shrink-0 flex-wrap items-center justify-between gap-x-4 gap-y-1.5 px-3 py-2 pb-[max(8px,env(safe-area-inset-bottom))]">
            <div className="min-w-0 text-small text-muted">{picture.facts}</div>
            <div className="ml-auto flex flex-wrap items-center justify-end gap-1.5">
              {actions?.(index)}
              <CopyPictureButton
                key={picture.id}
                className={buttonClasses('plain')}
                getBlob={picture.getBlob}
                download={{ href: picture.url, fileName: picture.fileName }}
              />
              <DownloadLink
                href={picture.url}
                fileName={picture.fileName}
                className={buttonClasses('plain')}
              />
            </div>
          </div>
        </>
      )}
    </FullScreen>
  );
}
