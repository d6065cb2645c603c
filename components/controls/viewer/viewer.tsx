'use client';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Size } from '@/lib/core/sizes/sizes';
import { useElementSize } from '../../ui/viewport';
import { FullScreen } from './full-screen';
import { usePanZoom } from './use-pan-zoom';
import { ViewerBottomBar, ViewerTopBar } from './viewer-bars';
import { viewerKey } from './viewer-key';
import { type ViewerPicture, ViewerStage, ViewerStep } from './viewer-stage';

/**
 * Pictures in the whole window, to look at closely and go through. It is open as long as it is
 * rendered; load it lazily.
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
  const stage = useRef<HTMLDivElement>(null);
  const [measured, setMeasured] = useState<Record<string, Size>>({});
  const picture = pictures[index];
  const { id = '', width, height } = picture ?? {};
  const size = measured[id] ?? (width && height ? { width, height } : undefined);
  const zoom = usePanZoom(id, { picture: size, stage: useElementSize(stage) });
  const go = (to: number) => pictures[to] && to !== index && onIndex(to);
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
    else if (action.type === 'edge') go(action.edge === 'first' ? 0 : pictures.length - 1);
    else zoom.change(action);
  };

  return (
    <FullScreen aria-label={t('label')} onKeyDown={onKeyDown} onClose={onClose}>
      {picture && (
        <>
          <p role="status" className="sr-only">
            {t('spoken', { number: index + 1, count: pictures.length, alt: picture.alt })}
          </p>
          <ViewerTopBar picture={picture} index={index} count={pictures.length} zoom={zoom} />
          <div className="relative flex min-h-0 flex-1 flex-col">
            <ViewerStage
              ref={stage}
              picture={picture}
              size={size}
              zoom={zoom}
              onMeasured={(found) => setMeasured((known) => ({ ...known, [picture.id]: found }))}
              onSwipe={(direction) => go(index + direction)}
            />
            {pictures.length > 1 && (
              <>
                <ViewerStep to="previous" isEnd={index === 0} onStep={() => go(index - 1)} />
                <ViewerStep
                  to="next"
                  isEnd={index === pictures.length - 1}
                  onStep={() => go(index + 1)}
                />
              </>
            )}
          </div>
          <ViewerBottomBar picture={picture}>{actions?.(index)}</ViewerBottomBar>
        </>
      )}
    </FullScreen>
  );
}
