'use client';
import { type CSSProperties, useContext, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { requirePicture, useBlobUrl, usePictureUrl } from '@/lib/client/pictures/picture-files';
import { loadPreview } from '@/lib/client/pictures/picture-jobs';
import { largeBytes } from '@/lib/client/pictures/small-copies';
import { removePicture } from '@/lib/client/runs/run-commands';
import type { Model } from '@/lib/core/models/model';
import type { PictureSlot } from '@/lib/core/pictures/stored-picture';
import { expectationOf, nothingExpected } from '@/lib/core/pictures/stored-picture';
import { gridColumns } from '@/lib/core/pictures/viewer-geometry';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { isInFlight } from '@/lib/core/runs/run-state';
import { sentAs } from '@/lib/core/runs/sent-pictures';
import { aspectOf } from '@/lib/core/sizes/size-shapes';
import { laterPart } from '../controls/later-part';
import { PictureCard } from '../controls/picture-card';
import { ContinueInChat, SendPicture } from './continue-picture';
import { EmptySlot, RemovedPicture, SlotPlace } from './picture-slots';
import { RunActionsContext, usePictureDetails, WithSubstitute } from './run-actions';

const RunViewer = laterPart(async () => (await import('./run-viewer')).default);

/** A run's pictures in a grid that fits two rows on the screen. */
export function RunPictures({
  run,
  models,
  isNarrow = false,
}: {
  run: RunEntry;
  models: readonly Model[];
  /** There is room for one beside nothing else. */
  isNarrow?: boolean;
}) {
  const [viewed, setViewed] = useState<number | null>(null);
  const { size = 'auto' } = run.request;
  const places = run.slots
    .map((slot, index) => ({ slot, index }))
    .filter(({ slot }) => slot.kind !== 'missing');
  if (places.length === 0) return null;
  const firstWaiting = run.slots.findIndex(({ kind }) => kind === 'waiting');
  const aspect = aspectOf(size);
  const columns = isNarrow ? 1 : gridColumns({ count: places.length, aspect });
  const rows = Math.min(2, Math.ceil(places.length / columns));
  const layout = {
    '--columns': columns,
    '--width': `calc((100dvh - 164px - ${rows * 34}px) / ${rows} * ${aspect} * ${columns})`,
  } as CSSProperties;
  return (
    <div
      style={layout}
      className={`grid items-start gap-x-3 gap-y-4 wide:mx-auto wide:w-full wide:max-w-(--width) @min-[400px]:wide:grid-cols-[repeat(var(--columns),minmax(0,1fr))] ${places.length > 1 && !isNarrow ? 'max-wide:grid-cols-2 @max-[400px]:grid-cols-2' : ''}`}
    >
      {places.map(({ slot, index }) => {
        switch (slot.kind) {
          case 'picture':
            return (
              <RunPicture
                key={index}
                run={run}
                index={index}
                picture={slot}
                onOpen={() => setViewed(index)}
              />
            );
          case 'removed':
            return <RemovedPicture key={index} run={run} index={index} aspect={aspect} />;
          default:
            return (
              <EmptySlot key={index} slot={slot} aspect={aspect} isFirst={index === firstWaiting} />
            );
        }
      })}
      {viewed !== null && (
        <RunViewer run={run} models={models} index={viewed} onClose={() => setViewed(null)} />
      )}
    </div>
  );
}

const loadNothing = async () => undefined;

function RunPicture({
  run,
  index,
  picture,
  onOpen,
}: {
  run: RunEntry;
  index: number;
  picture: PictureSlot;
  onOpen: () => void;
}) {
  const t = useTranslations('picture');
  const { PictureTools } = useContext(RunActionsContext);
  const { header, byteLength, hash } = picture;
  const url = usePictureUrl(hash);
  const previewUrl = useBlobUrl(hash, byteLength > largeBytes ? loadPreview : loadNothing);
  const { alt, fileName } = usePictureDetails()({ run, index, picture });
  if (!url || (byteLength > largeBytes && !previewUrl)) {
    const aspect = header?.width && header.height ? header.width / header.height : undefined;
    return (
      <SlotPlace aspect={aspect ?? aspectOf(run.request.size ?? 'auto')} look="text-muted">
        {url === null && t('gone')}
      </SlotPlace>
    );
  }
  return (
    <div className="min-w-0">
      <WithSubstitute run={run} index={index}>
        {(instead) =>
          instead ? (
            <PictureCard
              {...instead}
              byteLength={instead.blob.size}
              expected={nothingExpected}
              alt={alt}
              getBlob={async () => instead.blob}
              onOpen={onOpen}
              onDelete={() => removePicture(run.id, index)}
            />
          ) : (
            <PictureCard
              url={url}
              shownUrl={previewUrl ?? url}
              byteLength={byteLength}
              header={header}
              expected={expectationOf(run.request)}
              isTransparent={picture.isTransparent}
              alt={alt}
              fileName={fileName}
              dragged={sentAs({ run, index, picture })}
              getBlob={() => requirePicture(hash)}
              more={(look) => (
                <>
                  <SendPicture className={look} run={run} index={index} picture={picture} />
                  <ContinueInChat
                    className={`${look} @max-[480px]:[&>span]:sr-only`}
                    run={run}
                    index={index}
                    picture={picture}
                  />
                </>
              )}
              onOpen={onOpen}
              onDelete={() => removePicture(run.id, index)}
            />
          )
        }
      </WithSubstitute>
      {PictureTools && !isInFlight(run) && (
        <PictureTools run={run} index={index} picture={picture} />
      )}
    </div>
  );
}
