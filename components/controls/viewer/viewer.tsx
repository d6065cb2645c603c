'use client';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Size } from '@/lib/core/sizes/sizes';
import { buttonClasses, CloseButton, IconButton } from '../../ui/button';
import { InfoIcon } from '../../ui/icons';
import { useElementSize } from '../../ui/viewport';
import { CopyPictureButton, DownloadLink } from '../save-picture';
import { FullScreen } from './full-screen';
import { usePanZoom } from './use-pan-zoom';
import { viewerKey } from './viewer-key';
import { ViewerPrompt } from './viewer-prompt';
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
  details,
}: {
  pictures: readonly ViewerPicture[];
  index: number;
  onIndex: (index: number) => void;
  onClose: () => void;
  /** Further buttons for the picture, before Copy and Download. */
  actions?: (index: number) => ReactNode;
  /** What the panel beside the picture tells of it; absent: there is no panel. */
  details?: (index: number) => ReactNode;
}) {
  const t = useTranslations('viewer');
  const shell = useTranslations('shell');
  const detailsWords = useTranslations('details');
  const stage = useRef<HTMLDivElement>(null);
  const [measured, setMeasured] = useState<Record<string, Size>>({});
  const [isDetailed, setDetailed] = useState(false);
  const panelId = useId();
  const last = pictures.length - 1;
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
    else if (action.type === 'details') setDetailed(details !== undefined && !isDetailed);
    else if (action.type === 'edge') {
      const isInGroup = ({ group }: ViewerPicture) => group === picture?.group;
      go(pictures[action.edge === 'first' ? 'findIndex' : 'findLastIndex'](isInGroup));
    } else zoom.change(action);
  };

  return (
    <FullScreen
      aria-label={t('label')}
      data-testid="viewer"
      onKeyDown={onKeyDown}
      onClose={onClose}
    >
      {picture && (
        <>
          <p role="status" className="sr-only">
            {[picture.position, picture.alt].filter(Boolean).join('. ')}
          </p>
          <div className="flex h-12 shrink-0 items-center gap-3 px-3">
            <p aria-hidden className="min-w-0 truncate text-small empty:hidden">
              {picture.position}
            </p>
            <p className="min-w-0 flex-1 truncate text-small text-muted max-[480px]:invisible">
              {picture.fileName}
            </p>
            <ZoomControls zoom={zoom} />
            {details && (
              <IconButton
                label={detailsWords('title')}
                aria-expanded={isDetailed}
                aria-controls={panelId}
                onClick={() => setDetailed(!isDetailed)}
              >
                <InfoIcon size={18} aria-hidden />
              </IconButton>
            )}
            <CloseButton label={shell('close')} />
          </div>
          <div className="flex min-h-0 flex-1 max-wide:flex-col">
            <ViewerStage
              ref={stage}
              picture={picture}
              size={size}
              zoom={zoom}
              onMeasured={(found) => setMeasured((known) => ({ ...known, [picture.id]: found }))}
              onSwipe={(direction) => go(index + direction)}
            >
              {last > 0 && (
                <>
                  <ViewerStep to="previous" isEnd={index === 0} onStep={() => go(index - 1)} />
                  <ViewerStep to="next" isEnd={index === last} onStep={() => go(index + 1)} />
                </>
              )}
            </ViewerStage>
            {details && isDetailed && (
              <aside
                id={panelId}
                aria-label={detailsWords('title')}
                // biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it
                tabIndex={0}
                className="shrink-0 overflow-y-auto border-line bg-panel p-4 max-wide:max-h-[45%] max-wide:border-t wide:w-80 wide:border-l"
              >
                {details(index)}
              </aside>
            )}
          </div>
          <div className="flex shrink-0 flex-wrap items-end justify-between gap-x-6 gap-y-2 px-3 py-2 pb-[max(8px,env(safe-area-inset-bottom))]">
            <div className="min-w-0 flex-1 basis-72 text-small text-muted">
              <ViewerPrompt key={picture.prompt} text={picture.prompt} />
              {picture.facts}
            </div>
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
