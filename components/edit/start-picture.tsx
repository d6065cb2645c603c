'use client';
import { useTranslations } from 'use-intl/react';
import { addFromPicture } from '@/lib/client/edit/edit-references';
import { loadThumbnail } from '@/lib/client/pictures/thumbnails';
import { useBlobUrl } from '@/lib/client/pictures/use-picture-url';
import { useRuns } from '@/lib/client/runs/use-runs';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { sentAs } from '@/lib/core/runs/sent-as';
import { Button } from '../ui/button';
import { PlusIcon } from '../ui/icons';

const mostOffered = 8;

/** Where the picture will be, as long as there is none: how to bring one. */
export function StartPicture({ onChoose }: { onChoose: () => void }) {
  const t = useTranslations('edit');
  const runs = useRuns((state) => state.runs);
  const offered = runs
    .flatMap((run) => picturesOf(run).map((place) => ({ run, ...place })))
    .slice(0, mostOffered);
  return (
    <div className="grid size-full place-items-center overflow-y-auto p-6">
      <div className="w-full max-w-[560px] text-center">
        <div className="rounded-large border-2 border-line-strong border-dashed px-6 py-12">
          <h2 className="text-huge font-semibold tracking-tight">{t('start.title')}</h2>
          <p className="mt-1 text-muted">{t('start.text')}</p>
          <Button className="mt-5" onClick={onChoose}>
            <PlusIcon size={15} aria-hidden />
            {t('start.choose')}
          </Button>
        </div>
        {offered.length > 0 && (
          <>
            <h3 className="mt-6 mb-2 text-small font-medium text-muted">{t('start.recent')}</h3>
            <ul className="flex flex-wrap justify-center gap-2">
              {offered.map(({ run, index, picture }) => (
                <li key={`${run.id}/${index}`}>
                  <OfferedPicture
                    run={run}
                    hash={picture.hash}
                    onUse={() => {
                      const sent = sentAs({ run, index, picture });
                      if (sent) addFromPicture(sent);
                    }}
                  />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
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
