'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { requirePicture, usePictureUrls } from '@/lib/client/pictures/picture-files';
import { openRun } from '@/lib/client/runs/run-commands';
import { useRuns } from '@/lib/client/runs/runs-store';
import { sentRun } from '@/lib/client/runs/sent-run';
import type { Model } from '@/lib/core/models/model';
import { expectationOf, nothingExpected } from '@/lib/core/pictures/stored-picture';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { PictureDetails } from '../controls/details/picture-details';
import { PictureFacts } from '../controls/picture-facts';
import Viewer from '../controls/viewer/viewer';
import type { ViewerPicture } from '../controls/viewer/viewer-stage';
import { buttonClasses } from '../ui/button';
import { ContinueInChat, SendPicture } from './continue-picture';
import { DoneAgain } from './done-again';
import { LineageStrip } from './lineage-strip';
import {
  type PictureInstead,
  type RunPictureProps,
  usePictureDetails,
  WithSubstitute,
} from './run-actions';
import { showRun } from './run-focus';
import { useNeighbourRuns } from './use-neighbour-runs';

const placesOf = (run: RunEntry | undefined): RunPictureProps[] =>
  run ? picturesOf(run).map((one) => ({ run, ...one })) : [];

/** The full view of a run's pictures, and from there of all others', as the strip lists them. */
export default function RunViewer({
  run: openedRun,
  index: openedIndex,
  models,
  onClose,
}: {
  run: RunEntry;
  models: readonly Model[];
  /** The picture's slot on the run's card. */
  index: number;
  onClose: () => void;
}) {
  const t = useTranslations('viewer');
  const detailsOf = usePictureDetails();
  const [viewed, setViewed] = useState({ run: openedRun, index: openedIndex });
  // As it is by now, if it is in the list.
  const listed = useRuns(({ runs }) => runs.find(({ id }) => id === viewed.run.id));
  const run = listed ?? viewed.run;
  const { newer, older, number, count } = useNeighbourRuns(run);
  const own = placesOf(run);
  // Only what is next to it, so that few files are held.
  const places = [...placesOf(newer).slice(-1), ...own, ...placesOf(older).slice(0, 1)];
  const urls = usePictureUrls(places.map(({ picture }) => picture.hash));
  const index = Math.max(
    0,
    places.findIndex((one) => one.run === run && one.index === viewed.index),
  );
  // A message without words would be shown as its name.
  const positionOf = (place: RunPictureProps) =>
    own.length === 1 && count === 1
      ? ''
      : t('position', {
          number: own.indexOf(place) + 1,
          count: own.length,
          run: number,
          runs: count,
        });
  const picturesWith = (instead: PictureInstead | undefined) =>
    places.map((place, at): ViewerPicture => {
      const { picture } = place;
      const { width, height, hasAlpha } = picture.header ?? {};
      const shown = {
        id: `${place.run.id}/${place.index}`,
        group: place.run.id,
        position: positionOf(place),
        prompt: place.run.request.prompt,
        url: urls.get(picture.hash) ?? '',
        ...detailsOf(place),
        facts: <PictureFacts {...picture} expected={expectationOf(place.run.request)} />,
        hasAlpha: hasAlpha === true,
        width,
        height,
        getBlob: () => requirePicture(picture.hash),
      };
      return instead && at === index ? { ...shown, ...viewerPicture(instead) } : shown;
    });
  const close = () => {
    onClose();
    if (run.id === openedRun.id || run.cell) return;
    void openRun(run.id).then((isThere) => isThere && showRun(run.id));
  };
  if (urls.size === 0) return null;
  return (
    <WithSubstitute run={run} index={viewed.index}>
      {(instead) => (
        <Viewer
          pictures={picturesWith(instead)}
          index={index}
          onIndex={(at) => setViewed((before) => places[at] ?? before)}
          onClose={close}
          details={(at) => {
            const place = places[at];
            if (!place || (instead && at === index)) return null;
            const expected = expectationOf(place.run.request);
            const sent = place.run.isFound ? undefined : sentRun(place.run);
            return (
              <PictureDetails picture={{ ...place.picture, expected, sent }}>
                <LineageStrip hash={place.picture.hash} onDone={onClose} />
              </PictureDetails>
            );
          }}
          actions={(at) => {
            const place = places[at];
            // The actions would use the original instead of the composite that is shown.
            if (!place || (instead && at === index)) return null;
            const look = buttonClasses('plain');
            return (
              <>
                <SendPicture className={look} onDone={onClose} {...place} />
                <ContinueInChat className={look} onDone={onClose} {...place} />
                <DoneAgain
                  sent={sentRun(place.run)}
                  models={models}
                  className={`${look} max-wide:[&>span]:sr-only`}
                  onDone={onClose}
                />
              </>
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
