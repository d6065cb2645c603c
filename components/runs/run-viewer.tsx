'use client';
import { requirePicture, usePictureUrls } from '@/lib/client/pictures/picture-files';
import { expectationOf, nothingExpected } from '@/lib/core/pictures/stored-picture';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { PictureFacts } from '../controls/picture-facts';
import Viewer from '../controls/viewer/viewer';
import type { ViewerPicture } from '../controls/viewer/viewer-stage';
import { buttonClasses } from '../ui/button';
import { ContinueInChat, SendPicture } from './continue-picture';
import { type PictureInstead, usePictureDetails, WithSubstitute } from './run-actions';

/** The full view of a run's pictures. */
export default function RunViewer({
  run,
  index,
  onIndex,
  onClose,
}: {
  run: RunEntry;
  /** The picture's slot on the run's card. */
  index: number;
  onIndex: (index: number) => void;
  onClose: () => void;
}) {
  const detailsOf = usePictureDetails(run);
  const shown = picturesOf(run);
  const urls = usePictureUrls(shown.map(({ picture }) => picture.hash));
  const expected = expectationOf(run.request);
  const picturesWith = (instead: PictureInstead | undefined) =>
    shown.map(({ index: place, picture }) => {
      const own = {
        id: picture.hash + place,
        url: urls.get(picture.hash) ?? '',
        ...detailsOf(place, picture),
        facts: <PictureFacts {...picture} expected={expected} />,
        hasAlpha: picture.header?.hasAlpha === true,
        width: picture.header?.width,
        height: picture.header?.height,
        getBlob: () => requirePicture(picture.hash),
      };
      return instead && place === index ? { ...own, ...viewerPicture(instead) } : own;
    });
  if (urls.size === 0) return null;
  return (
    <WithSubstitute run={run} index={index}>
      {(instead) => (
        <Viewer
          pictures={picturesWith(instead)}
          index={Math.max(
            0,
            shown.findIndex((one) => one.index === index),
          )}
          onIndex={(position) => onIndex(shown[position]?.index ?? index)}
          onClose={onClose}
          actions={(position) => {
            const place = shown[position];
            // The actions would use the original instead of the composite that is shown.
            if (instead && place?.index === index) return null;
            const look = buttonClasses('plain');
            return (
              place && (
                <>
                  <SendPicture className={look} run={run} {...place} />
                  <ContinueInChat className={look} hasLabel run={run} {...place} />
                </>
              )
            );
          }}
        />
      )}
    </WithSubstitute>
  );
}

function viewerPicture({ blob, url, fileName, header }: PictureInstead): Partial<ViewerPicture> {
  const { width, height, hasAlpha } = header;
  return {
    url,
    fileName,
    facts: <PictureFacts header={header} byteLength={blob.size} expected={nothingExpected} />,
    hasAlpha: hasAlpha === true,
    width,
    height,
    getBlob: async () => blob,
  };
}
