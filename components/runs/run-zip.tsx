'use client';
import { requirePicture } from '@/lib/client/pictures/picture-files';
import { zipFileName } from '@/lib/core/pictures/file-name';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { momentOf } from '@/lib/core/runs/run-state';
import { ZipButton } from '../controls/zip-button';
import { usePictureDetails } from './use-picture-details';

/** All pictures of a run as one file, where there are several. */
export function RunZip({ run }: { run: RunEntry }) {
  const detailsOf = usePictureDetails(run);
  const pictures = picturesOf(run);
  if (pictures.length < 2) return null;
  const files = () =>
    Promise.all(
      pictures.map(async ({ index, picture }) => ({
        name: detailsOf(index, picture).fileName,
        blob: await requirePicture(picture.hash),
      })),
    );
  return (
    <ZipButton
      files={files}
      zipName={zipFileName(run.request.prompt, momentOf(run))}
      count={pictures.length}
    />
  );
}
