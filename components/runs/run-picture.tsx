'use client';
import { useContext } from 'react';
import { useTranslations } from 'use-intl/react';
import { largeBytes } from '@/lib/client/pictures/copy-sizes';
import { requirePicture } from '@/lib/client/pictures/picture-files';
import { loadPreview } from '@/lib/client/pictures/thumbnails';
import { useBlobUrl, usePictureUrl } from '@/lib/client/pictures/use-picture-url';
import { removePicture } from '@/lib/client/runs/run-commands';
import { expectationOf, nothingExpected } from '@/lib/core/pictures/picture-facts';
import type { PictureSlot, RunEntry } from '@/lib/core/runs/run-entry';
import { isInFlight } from '@/lib/core/runs/run-state';
import { aspectOf } from '@/lib/core/sizes/size-shapes';
import { PictureCard } from '../controls/picture-card';
import { ContinueInChat } from './continue-in-chat';
import { RunActionsContext } from './run-actions';
import { SendPicture } from './send-picture';
import { SlotPlace } from './slot-place';
import { usePictureDetails } from './use-picture-details';
import { usePictureInstead } from './use-picture-instead';

const loadNothing = async () => undefined;

/** One picture of a run, from where it is kept. */
export function RunPicture({
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
  const { alt, fileName } = usePictureDetails(run)(index, picture);
  const instead = usePictureInstead(run, index);
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
      {instead ? (
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
          getBlob={() => requirePicture(hash)}
          more={(look) => (
            <>
              <SendPicture className={look} run={run} index={index} picture={picture} />
              {/* Where there is no room for it, it is found in the full view. */}
              <ContinueInChat
                className={`${look} no-hover:hidden @max-[480px]:hidden`}
                hasLabel={false}
                run={run}
                index={index}
                picture={picture}
              />
            </>
          )}
          onOpen={onOpen}
          onDelete={() => removePicture(run.id, index)}
        />
      )}
      {PictureTools && !isInFlight(run) && (
        <PictureTools run={run} index={index} picture={picture} />
      )}
    </div>
  );
}
