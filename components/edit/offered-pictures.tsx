'use client';
import { useTranslations } from 'use-intl/react';
import { addFromPicture } from '@/lib/client/edit/edit-references';
import { useBlobUrl } from '@/lib/client/pictures/picture-files';
import { loadThumbnail } from '@/lib/client/pictures/picture-jobs';
import { useRuns } from '@/lib/client/runs/runs-store';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { sentAs } from '@/lib/core/runs/sent-pictures';
import { PartBoundary } from '../controls/part-boundary';

const mostOffered = 8;

/** The newest pictures that were made here, as a first picture. */
export function OfferedPictures() {
  const t = useTranslations('edit');
  const runs = useRuns((state) => state.runs);
  const offered = runs
    .flatMap((run) => picturesOf(run).map((place) => ({ run, ...place })))
    .slice(0, mostOffered);
  if (offered.length === 0) return null;
  return (
    <>
      <h3 className="mt-6 mb-2 text-small font-medium text-muted">{t('start.recent')}</h3>
      <ul className="flex flex-wrap justify-center gap-2">
        {offered.map(({ run, index, picture }) => (
          <li key={`${run.id}/${index}`}>
            <PartBoundary of={run.id} fallback={null}>
              <OfferedPicture
                run={run}
                hash={picture.hash}
                onUse={() => {
                  const sent = sentAs({ run, index, picture });
                  if (sent) addFromPicture(sent);
                }}
              />
            </PartBoundary>
          </li>
        ))}
      </ul>
    </>
  );
}

function OfferedPicture({ run, hash, onUse }: { run: RunEntry; hash: string; onUse: () => void }) {
  const t = useTranslations('edit');
  const url = useBlobUrl(hash, loadThumbnail);
  const label = t('start.use', { prompt: run.request.prompt.slice(0, 80) });
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="block size-16 overflow-hidden rounded-small bg-place transition-opacity hover:opacity-80"
      onClick={onUse}
    >
      {url && (
        // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
        <img src={url} alt="" className="size-full object-cover" />
      )}
    </button>
  );
}
