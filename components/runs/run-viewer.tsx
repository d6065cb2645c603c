'use client';
import { useEffect, useState } from 'react';
import { loadPicture, requirePicture } from '@/lib/client/pictures';
import { expectationOf } from '@/lib/core/picture-facts';
import { picturesOf, type RunEntry } from '@/lib/core/run-entry';
import { PictureFacts } from '../controls/picture-facts';
import Viewer from '../controls/viewer/viewer';
import { buttonClasses } from '../ui/button';
import { SendPicture } from './send-picture';
import { usePictureDetails } from './use-picture-details';

/** A run's pictures, large, one after another. */
export default function RunViewer({
  run,
  index,
  onIndex,
  onClose,
}: {
  run: RunEntry;
  /** The place of the picture on the run's card. */
  index: number;
  onIndex: (index: number) => void;
  onClose: () => void;
}) {
  const detailsOf = usePictureDetails(run);
  const shown = picturesOf(run);
  const urls = useUrls(shown.map(({ picture }) => picture.hash));
  const expected = expectationOf(run.request);
  const pictures = shown.map(({ index: place, picture }) => ({
    id: picture.hash + place,
    url: urls.get(picture.hash) ?? '',
    ...detailsOf(place, picture),
    facts: <PictureFacts {...picture} expected={expected} />,
    hasAlpha: picture.header?.hasAlpha === true,
    width: picture.header?.width,
    height: picture.header?.height,
    getBlob: () => requirePicture(picture.hash),
  }));
  if (urls.size === 0) return null;
  return (
    <Viewer
      pictures={pictures}
      index={Math.max(
        0,
        shown.findIndex((one) => one.index === index),
      )}
      onIndex={(position) => onIndex(shown[position]?.index ?? index)}
      onClose={onClose}
      actions={(position) => {
        const place = shown[position];
        return place && <SendPicture className={buttonClasses('plain')} run={run} {...place} />;
      }}
    />
  );
}

/** Addresses of several kept pictures, while they are looked at. */
function useUrls(hashes: readonly string[]): ReadonlyMap<string, string> {
  const [urls, setUrls] = useState<ReadonlyMap<string, string>>(new Map());
  const wanted = hashes.join(' ');
  useEffect(() => {
    let isShown = true;
    const made = new Map<string, string>();
    const all = wanted.split(' ').map(async (hash) => {
      const file = await loadPicture(hash);
      if (file && isShown) made.set(hash, URL.createObjectURL(file));
    });
    void Promise.all(all).then(() => isShown && setUrls(made));
    return () => {
      isShown = false;
      for (const url of made.values()) URL.revokeObjectURL(url);
    };
  }, [wanted]);
  return urls;
}
